#include "core/peft/ssf.h"

#include "core/peft/plugged_method.h"

namespace finebrush::peft {

SsfImpl::SsfImpl(int64_t features) {
    ssf_scale = register_parameter("ssf_scale", torch::ones({features}));
    ssf_shift = register_parameter("ssf_shift", torch::zeros({features}));
}

torch::Tensor SsfImpl::adapt(const torch::Tensor&, torch::Tensor y) {
    return torch::addcmul(ssf_shift, y, ssf_scale);  // [tokens, out]
}

LinearWeights SsfImpl::foldedInto(const sam::AdaptableLinearImpl& linear) const {
    return {linear.weight * ssf_scale.unsqueeze(1), linear.bias * ssf_scale + ssf_shift};
}

std::unique_ptr<AdapterMethod> makeSsf(const sam::ImageEncoder& encoder,
                                       const messages::AdaptationSettings&) {
    auto method = std::make_unique<PluggedMethod<SsfImpl>>();
    for (const sam::AdaptableLayer& layer : encoder->adaptableLayers()) {
        method->add(layer, std::make_shared<SsfImpl>(layer.linear->outFeatures()));
    }
    return method;
}

}  // namespace finebrush::peft
