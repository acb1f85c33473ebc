#pragma once

#include "core/checkpoint/named_tensors.h"
#include "core/peft/adapter_method.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace finebrush::training {

// A training's state as tensors by name; each weight's name stands behind the kind of value:
// "mean.read_outs.0.bias".

/// The tensor of a name. Throws std::invalid_argument where there is none.
const torch::Tensor& tensorIn(const NamedTensors& state, const std::string& name);

/// Puts one value a weight into a state, sharing its memory.
void putValues(NamedTensors& state, const std::string& kind, const peft::NamedParameters& weights,
               const std::vector<torch::Tensor>& values);

/// The values that `putValues` put there, on the weights' device and in memory of their own. Throws
/// std::invalid_argument where one is missing or unlike its weight.
std::vector<torch::Tensor> valuesIn(const NamedTensors& state, const std::string& kind,
                                    const peft::NamedParameters& weights);

/// Puts AdamW's moments into a state; a weight that has not had a gradient yet has none.
void putMoments(NamedTensors& state, const torch::optim::AdamW& optimizer,
                const peft::NamedParameters& weights);

/// Gives AdamW the moments of a state. LibTorch's own archive finds them by their place and checks no shape;
/// here names and shapes decide. Throws std::invalid_argument where one is unlike its weight.
void takeMoments(const NamedTensors& state, torch::optim::AdamW& optimizer,
                 const peft::NamedParameters& weights);

}  // namespace finebrush::training
