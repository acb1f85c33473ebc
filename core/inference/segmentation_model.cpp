#include "core/inference/segmentation_model.h"

#include "core/inference/most_probable.h"
#include "core/inference/network_input.h"

namespace finebrush {

std::vector<std::vector<int64_t>> flipsOf(Care care) {
    if (care == Care::Quick) return {{}};
    return {{}, {-1}, {-2}, {-1, -2}};
}

ClassPrediction SegmentationModel::predict(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    torch::Tensor probability = probabilities(pixels, care, monitor);
    if (!probability.defined()) return {};
    if (const torch::Tensor measured = measuredPixels(pixels); measured.defined())
        probability = probability * measured.to(probability.device());
    return mostProbable(probability, classes());
}

}  // namespace finebrush
