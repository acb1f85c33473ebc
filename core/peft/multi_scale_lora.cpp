#include "core/peft/multi_scale_lora.h"

#include "core/peft/initialisation.h"
#include "core/peft/plugged_method.h"
#include "core/peft/token_map.h"

namespace finebrush::peft {

MultiScaleLoraImpl::MultiScaleLoraImpl(int64_t inFeatures, int64_t outFeatures,
                                       const messages::AdaptationSettings& settings)
    : scale_(settings.alpha / settings.rank) {
    const int64_t rank = settings.rank;
    lora_A = register_parameter("lora_A", torch::zeros({rank, inFeatures}));
    lora_B = register_parameter("lora_B", torch::zeros({outFeatures, rank}));
    register_module("lora_experts", lora_experts);
    for (int i = 0; i < settings.experts; ++i) {
        lora_experts->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(rank, rank, 3).padding(1)));
        scales_.emplace_back(i + 1);
    }
}

torch::Tensor MultiScaleLoraImpl::adapt(const torch::Tensor& x, torch::Tensor y) {
    const torch::Tensor map = toMap(torch::matmul(x, lora_A.t()));  // [S, r, H, W]
    torch::Tensor sum = map;
    for (size_t i = 0; i < scales_.size(); ++i) {
        const auto& expert = lora_experts->at<torch::nn::Conv2dImpl>(i);
        sum = sum + scales_[i].forward(map, expert.weight, expert.bias);
    }
    return y.addmm_(tokenRows(sum), lora_B.t(), 1, scale_);  // [tokens, out]
}

std::unique_ptr<AdapterMethod> makeMultiScaleLora(const sam::ImageEncoder& encoder,
                                                  const messages::AdaptationSettings& settings) {
    at::Generator generator = generatorOf(settings.seed);
    auto method = std::make_unique<PluggedMethod<MultiScaleLoraImpl>>();
    for (const sam::AdaptableLayer& layer : encoder->adaptableLayers()) {
        if (layer.role != sam::LinearRole::Qkv) continue;
        auto adapter = std::make_shared<MultiScaleLoraImpl>(layer.linear->inFeatures(),
                                                            layer.linear->outFeatures(), settings);
        drawLikeLinear(adapter->lora_A, generator);
        for (size_t i = 0; i < adapter->lora_experts->size(); ++i) {
            auto& expert = adapter->lora_experts->at<torch::nn::Conv2dImpl>(i);
            drawLikeLinear(expert.weight, generator);
            setToZero({expert.bias});
        }
        method->add(layer, std::move(adapter));
    }
    return method;
}

}  // namespace finebrush::peft
