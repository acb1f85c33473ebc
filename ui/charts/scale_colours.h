#pragma once

#include <QColor>
#include <QString>

namespace finebrush {

/// The colour of a detail scale in every chart: dark blue for the coarsest detail (1×) to yellow for the
/// finest. `index` counts from 0 among `count` scales.
QColor scaleColour(int index, int count);

/// "1×" for the first expert: an expert is a detail scale.
QString scaleName(int index);

}  // namespace finebrush
