#pragma once

#include "core/base/geometry.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// Measures of how well a grey map agrees with a binary mask, as salient-object detection defines them.
struct SaliencyMetrics {
    double structure = 0;          ///< S-measure (Fan et al., ICCV 2017), alpha 0.5
    double adaptiveF = 0;          ///< F-measure (Achanta et al., CVPR 2009) at twice the map's mean
    std::vector<double> fCurve;    ///< ... at each of 256 thresholds, from 255 down to 0
    double adaptiveE = 0;          ///< E-measure (Fan et al., IJCAI 2018) at twice the map's mean
    std::vector<double> eCurve;    ///< ... at each of 256 thresholds, from 255 down to 0
    double meanAbsoluteError = 0;  ///< Perazzi et al., CVPR 2012
};

/// The F-measure's weight of precision in the literature: beta² = 0.3.
inline constexpr double kSaliencyBetaSquared = 0.3;

/// The measures of one map. `prediction` (0..255, stretched to its own range first) and `target` (object
/// where > 128) are row-major, size.area() values each.
SaliencyMetrics saliencyMetrics(std::span<const uint8_t> prediction, std::span<const uint8_t> target,
                                PixelSize size, double betaSquared = kSaliencyBetaSquared);

/// The mean of each measure over maps; all zero for none.
SaliencyMetrics meanOf(std::span<const SaliencyMetrics> metrics);

}  // namespace finebrush
