#include "core/inference/segmentation_model.h"

namespace finebrush {

ClassPrediction SegmentationModel::predict(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    const torch::Tensor probability = probabilities(pixels, care, monitor);  // [K, H, W]
    if (!probability.defined()) return {};

    const auto [highest, index] = probability.max(0);
    std::vector<uint8_t> values;
    for (const messages::ClassInfo& entry : classes()) values.push_back(entry.value);
    const torch::Tensor valueOf = torch::tensor(values, torch::kUInt8);
    const torch::Tensor chosen = valueOf.index_select(0, index.cpu().flatten());
    const torch::Tensor confidence = (highest.cpu() * 255).round().to(torch::kUInt8).flatten().contiguous();

    const auto toVector = [](const torch::Tensor& bytes) {
        const uint8_t* first = bytes.const_data_ptr<uint8_t>();
        return std::vector<uint8_t>(first, first + bytes.numel());
    };
    return {{pixels.size, toVector(chosen)}, toVector(confidence)};
}

}  // namespace finebrush
