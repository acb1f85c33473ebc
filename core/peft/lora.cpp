#include "core/peft/lora.h"

#include "core/peft/initialisation.h"
#include "core/peft/low_rank_method.h"

#include <utility>

namespace finebrush::peft {

torch::Tensor LoraImpl::adapt(const torch::Tensor& x, torch::Tensor y) {
    return addTo(std::move(y), torch::matmul(x.reshape({-1, x.size(-1)}), lora_A.t()));
}

LinearWeights LoraImpl::foldedInto(const sam::AdaptableLinearImpl& linear) const {
    // The rows of A as tokens: they come back as the columns of B·A·α/r.
    return {addTo(linear.weight.t().clone(), lora_A.t()).t().contiguous(), linear.bias.detach()};
}

std::unique_ptr<AdapterMethod> makeLora(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings) {
    at::Generator generator = generatorOf(settings.seed);
    auto method = std::make_unique<LowRankMethod<LoraImpl>>();
    for (const LowRankPlace& place : lowRankPlaces(encoder, settings)) {
        auto adapter = std::make_shared<LoraImpl>(place.shape);
        drawLikeLinear(adapter->lora_A, generator);
        method->add(place.layer, std::move(adapter));
    }
    return method;
}

}  // namespace finebrush::peft
