#include "core/sam/common.h"

namespace finebrush::sam {

LayerNorm2dImpl::LayerNorm2dImpl(int64_t channels) {
    weight = register_parameter("weight", torch::ones({channels}));
    bias = register_parameter("bias", torch::zeros({channels}));
}

torch::Tensor LayerNorm2dImpl::forward(const torch::Tensor& x) {
    const torch::Tensor pixels = x.permute({0, 2, 3, 1});  // [B, H, W, C]
    return torch::layer_norm(pixels, {weight.size(0)}, weight, bias, kEpsilon)
        .permute({0, 3, 1, 2});  // [B, C, H, W]
}

MlpImpl::MlpImpl(int64_t in, int64_t hidden, int64_t out, int64_t depth) {
    register_module("layers", layers);
    for (int64_t i = 0; i < depth; ++i) {
        layers->push_back(torch::nn::Linear(i == 0 ? in : hidden, i + 1 == depth ? out : hidden));
    }
}

torch::Tensor MlpImpl::forward(torch::Tensor x) {
    for (size_t i = 0; i < layers->size(); ++i) {
        x = layers->at<torch::nn::LinearImpl>(i).forward(x);
        if (i + 1 < layers->size()) x = torch::relu(x);
    }
    return x;
}

}  // namespace finebrush::sam
