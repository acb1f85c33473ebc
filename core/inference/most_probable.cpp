#include "core/inference/most_probable.h"

namespace finebrush {

ClassPrediction mostProbable(const torch::Tensor& probability,
                             const std::vector<messages::ClassInfo>& classes) {
    const torch::NoGradGuard noGradient;
    const auto [highest, index] = probability.max(0);
    std::vector<uint8_t> values;
    for (const messages::ClassInfo& entry : classes) values.push_back(entry.value);
    const torch::Tensor valueOf = torch::tensor(values, torch::kUInt8);
    torch::Tensor chosen = valueOf.index_select(0, index.cpu().flatten());
    torch::Tensor confidence = (highest.cpu() * 255).round().to(torch::kUInt8).flatten().contiguous();

    const torch::Tensor isNone = highest.cpu().flatten().eq(0);
    chosen.masked_fill_(isNone, kUnlabelled);
    confidence.masked_fill_(isNone, 255);

    const auto toVector = [](const torch::Tensor& bytes) {
        const uint8_t* first = bytes.const_data_ptr<uint8_t>();
        return std::vector<uint8_t>(first, first + bytes.numel());
    };
    const PixelSize size{static_cast<int>(probability.size(2)), static_cast<int>(probability.size(1))};
    return {{size, toVector(chosen)}, toVector(confidence)};
}

}  // namespace finebrush
