#pragma once

#include <torch/torch.h>

namespace finebrush::peft {

/// Tokens of square windows [S, N, C], or maps [S, H, W, C], as [S, C, H, W]. Throws where N is no square.
torch::Tensor toMap(const torch::Tensor& x);

/// A map [S, C, H, W] as one row for each token in order: [S·H·W, C].
torch::Tensor tokenRows(const torch::Tensor& map);

}  // namespace finebrush::peft
