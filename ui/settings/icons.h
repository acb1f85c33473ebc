#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace finebrush {

/// An icon of `resources/icons` ("brush") drawn in the text colour of the theme that is on when it is
/// painted, sharp at every size and pixel ratio.
QIcon themedIcon(const QString& name);

/// A round chip of a class's colour; sharp at twice the pixels.
QIcon colourChip(const QColor& colour);

}  // namespace finebrush
