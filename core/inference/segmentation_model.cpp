#include "core/inference/segmentation_model.h"

#include "core/inference/most_probable.h"

namespace finebrush {

std::vector<std::vector<int64_t>> flipsOf(Care care) {
    if (care == Care::Quick) return {{}};
    return {{}, {-1}, {-2}, {-1, -2}};
}

ClassPrediction SegmentationModel::predict(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    const torch::Tensor probability = probabilities(pixels, care, monitor);
    return probability.defined() ? mostProbable(probability, classes()) : ClassPrediction();
}

}  // namespace finebrush
