#pragma once

#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

namespace finebrush::sam {

/// Normalises the channels of each pixel of a map, [B, C, H, W] (segment_anything/modeling/common.py).
struct LayerNorm2dImpl : torch::nn::Module {
    static constexpr double kEpsilon = 1e-6;

    explicit LayerNorm2dImpl(int64_t channels);
    torch::Tensor forward(const torch::Tensor& x);

    torch::Tensor weight;  ///< [C]
    torch::Tensor bias;    ///< [C]
};
TORCH_MODULE(LayerNorm2d);

/// Linear layers with ReLU between them (segment_anything/modeling/mask_decoder.py).
struct MlpImpl : torch::nn::Module {
    MlpImpl(int64_t in, int64_t hidden, int64_t out, int64_t depth);
    torch::Tensor forward(torch::Tensor x);

    torch::nn::ModuleList layers;
};
TORCH_MODULE(Mlp);

}  // namespace finebrush::sam
