#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace finebrush::peft {

/// A source of the random numbers that new parameters are drawn from. Independent of LibTorch's own.
at::Generator generatorOf(uint64_t seed);

/// Draws what PyTorch's linear layers and convolutions start from, and LoRA's A: uniform within ± 1/√fan-in,
/// the fan-in being the product of all sizes but the first.
void drawLikeLinear(torch::Tensor parameter, at::Generator& generator);

/// The device that a network's parameters lie on.
torch::Device deviceOf(const torch::nn::Module& network);

/// Sets parameters to zero.
void setToZero(const std::vector<torch::Tensor>& parameters);

}  // namespace finebrush::peft
