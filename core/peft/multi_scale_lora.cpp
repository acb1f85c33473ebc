#include "core/peft/multi_scale_lora.h"

#include "core/peft/initialisation.h"
#include "core/peft/low_rank_method.h"
#include "core/peft/token_map.h"

#include <utility>

namespace finebrush::peft {

MultiScaleLoraImpl::MultiScaleLoraImpl(const LowRankShape& shape, const std::vector<int>& scales)
    : LowRankAdapter(shape) {
    register_module("lora_experts", lora_experts);
    for (const int scale : scales) {
        lora_experts->push_back(
            torch::nn::Conv2d(torch::nn::Conv2dOptions(shape.rank, shape.rank, 3).padding(1)));
        scales_.emplace_back(scale);
    }
}

torch::Tensor MultiScaleLoraImpl::adapt(const torch::Tensor& x, torch::Tensor y) {
    const torch::Tensor map = toMap(torch::matmul(x, lora_A.t()));  // [S, r, H, W]
    torch::Tensor sum = map;
    for (size_t i = 0; i < scales_.size(); ++i) {
        const auto& expert = lora_experts->at<torch::nn::Conv2dImpl>(i);
        sum = sum + scales_[i].forward(map, expert.weight, expert.bias);
    }
    return addTo(std::move(y), tokenRows(sum));
}

std::unique_ptr<AdapterMethod> makeMultiScaleLora(const sam::ImageEncoder& encoder,
                                                  const messages::AdaptationSettings& settings) {
    at::Generator generator = generatorOf(settings.seed);
    auto method = std::make_unique<LowRankMethod<MultiScaleLoraImpl>>();
    for (const LowRankPlace& place : lowRankPlaces(encoder, settings)) {
        auto adapter = std::make_shared<MultiScaleLoraImpl>(place.shape, expertScales(settings));
        drawLikeLinear(adapter->lora_A, generator);
        for (size_t i = 0; i < adapter->lora_experts->size(); ++i) {
            auto& expert = adapter->lora_experts->at<torch::nn::Conv2dImpl>(i);
            drawLikeLinear(expert.weight, generator);
            setToZero({expert.bias});
        }
        method->add(place.layer, std::move(adapter));
    }
    return method;
}

}  // namespace finebrush::peft
