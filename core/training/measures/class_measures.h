#pragma once

#include "core/base/pixel_buffer.h"
#include "core/training/measures/metrics.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace finebrush::training {

/// How well the masks of one class agree, as salient-object detection and DAVIS measure it: means over the
/// images whose truth holds the class.
struct ClassMeasures {
    uint8_t value = 0;
    int images = 0;
    double structure = 0;  ///< S-measure
    double alignment = 0;  ///< E-measure
    double fMeasure = 0;   ///< beta² = 0.3
    double meanAbsoluteError = 0;
    double boundaryF = 0;
};

/// Collects measures image by image.
class ClassMeasuresCollector {
  public:
    /// As `ConfusionMatrix::add`; pixels that do not count are taken as none of the class on both sides.
    void add(const IndexMask& prediction, const IndexMask& truth, std::optional<uint8_t> ignoredTruth = {});

    /// One entry a class of the truth, in order of value.
    std::vector<ClassMeasures> means() const;

  private:
    struct OfClass {
        std::vector<SaliencyMetrics> saliency;
        std::vector<double> boundaryF;
    };
    std::map<uint8_t, OfClass> classes_;
};

/// The F-measure of the borders of two masks (non-zero: inside) of one size, a border pixel being found where
/// the other border is at most 0.8 % of the image's diagonal away (Perazzi et al., CVPR 2016, §4.2); 1 where
/// neither has a border. Throws std::invalid_argument for masks of another size.
double boundaryFMeasure(const std::vector<uint8_t>& prediction, const std::vector<uint8_t>& truth,
                        PixelSize size);

}  // namespace finebrush::training
