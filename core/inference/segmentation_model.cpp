#include "core/inference/segmentation_model.h"

#include "core/inference/most_probable.h"

namespace finebrush {

ClassPrediction SegmentationModel::predict(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    const torch::Tensor probability = probabilities(pixels, care, monitor);
    return probability.defined() ? mostProbable(probability, classes()) : ClassPrediction();
}

}  // namespace finebrush
