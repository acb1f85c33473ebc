#pragma once

#include <QIcon>
#include <QString>

namespace finebrush {

/// An icon of `resources/icons` ("brush") drawn in the text colour of the theme that is on when it is
/// painted, sharp at every size and pixel ratio.
QIcon themedIcon(const QString& name);

}  // namespace finebrush
