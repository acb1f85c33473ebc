#pragma once

#include <QColor>
#include <QString>

#include <vector>

namespace finebrush {

/// The colour of a detail scale in every chart: dark blue for the coarsest detail (1×) to yellow for the
/// finest. `index` counts from 0 among `count` scales.
QColor scaleColour(int index, int count);

/// "1×" for the first expert, unless `scales` says otherwise: an expert is a detail scale.
QString scaleName(int index, const std::vector<int>& scales);

}  // namespace finebrush
