#include "core/inference/segmentation_model.h"

#include "core/inference/most_probable.h"
#include "core/inference/network_input.h"

namespace finebrush {

std::vector<std::vector<int64_t>> flipsOf(Care care) {
    if (care == Care::Quick) return {{}};
    return {{}, {-1}, {-2}, {-1, -2}};
}

torch::Tensor SegmentationModel::measuredProbabilities(const PixelBuffer& pixels, Care care,
                                                       WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    const torch::Tensor probability = probabilities(pixels, care, monitor);
    const torch::Tensor measured = measuredPixels(pixels, inputRange().bands);
    if (!probability.defined() || !measured.defined()) return probability;
    return probability * measured.to(probability.device());
}

ClassPrediction SegmentationModel::predict(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::Tensor probability = measuredProbabilities(pixels, care, monitor);
    return probability.defined() ? mostProbable(probability, classes()) : ClassPrediction();
}

}  // namespace finebrush
