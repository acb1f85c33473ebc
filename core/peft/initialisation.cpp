#include "core/peft/initialisation.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace finebrush::peft {

at::Generator generatorOf(uint64_t seed) {
    return at::detail::createCPUGenerator(seed);
}

void drawLikeLinear(torch::Tensor parameter, at::Generator& generator) {
    const torch::NoGradGuard noGrad;
    const double fanIn = static_cast<double>(parameter.numel() / parameter.size(0));
    const double bound = 1 / std::sqrt(fanIn);
    parameter.copy_(torch::empty(parameter.sizes(), torch::kFloat32).uniform_(-bound, bound, generator));
}

torch::Device deviceOf(const torch::nn::Module& network) {
    return network.parameters().front().device();
}

void setToZero(const std::vector<torch::Tensor>& parameters) {
    const torch::NoGradGuard noGrad;
    for (torch::Tensor parameter : parameters) parameter.zero_();
}

}  // namespace finebrush::peft
