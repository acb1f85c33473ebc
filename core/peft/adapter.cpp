#include "core/peft/adapter.h"

#include "core/peft/initialisation.h"
#include "core/peft/plugged_method.h"

namespace finebrush::peft {

BottleneckImpl::BottleneckImpl(int64_t features, int64_t width) {
    adapter_down = register_module("adapter_down", torch::nn::Linear(features, width));
    adapter_up = register_module("adapter_up", torch::nn::Linear(width, features));
}

torch::Tensor BottleneckImpl::adapt(const torch::Tensor&, torch::Tensor y) {
    return y + adapter_up(torch::gelu(adapter_down(y)));  // [tokens, out]
}

std::unique_ptr<AdapterMethod> makeAdapter(const sam::ImageEncoder& encoder,
                                           const messages::AdaptationSettings& settings) {
    at::Generator generator = generatorOf(settings.seed);
    auto method = std::make_unique<PluggedMethod<BottleneckImpl>>();
    for (const sam::AdaptableLayer& layer : encoder->adaptableLayers()) {
        if (layer.role != sam::LinearRole::Proj && layer.role != sam::LinearRole::MlpOut) continue;
        auto bottleneck = std::make_shared<BottleneckImpl>(layer.linear->outFeatures(), settings.rank);
        drawLikeLinear(bottleneck->adapter_down->weight, generator);
        setToZero(
            {bottleneck->adapter_down->bias, bottleneck->adapter_up->weight, bottleneck->adapter_up->bias});
        method->add(layer, std::move(bottleneck));
    }
    return method;
}

}  // namespace finebrush::peft
