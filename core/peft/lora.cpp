#include "core/peft/lora.h"

#include "core/peft/initialisation.h"
#include "core/peft/plugged_method.h"

#include <utility>

namespace finebrush::peft {

LoraImpl::LoraImpl(int64_t inFeatures, int64_t outFeatures, int64_t rank, double alpha)
    : scale_(alpha / static_cast<double>(rank)) {
    lora_A = register_parameter("lora_A", torch::zeros({rank, inFeatures}));
    lora_B = register_parameter("lora_B", torch::zeros({outFeatures, rank}));
}

torch::Tensor LoraImpl::adapt(const torch::Tensor& x, torch::Tensor y) {
    const torch::Tensor low = torch::matmul(x.reshape({-1, x.size(-1)}), lora_A.t());  // [tokens, r]
    return y.addmm_(low, lora_B.t(), 1, scale_);                                       // [tokens, out]
}

std::unique_ptr<AdapterMethod> makeLora(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings) {
    at::Generator generator = generatorOf(settings.seed);
    auto method = std::make_unique<PluggedMethod<LoraImpl>>();
    for (const sam::AdaptableLayer& layer : encoder->adaptableLayers()) {
        if (layer.role != sam::LinearRole::Qkv) continue;
        auto adapter = std::make_shared<LoraImpl>(layer.linear->inFeatures(), layer.linear->outFeatures(),
                                                  settings.rank, settings.alpha);
        drawLikeLinear(adapter->lora_A, generator);
        method->add(layer, std::move(adapter));
    }
    return method;
}

}  // namespace finebrush::peft
