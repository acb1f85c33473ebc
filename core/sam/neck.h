#pragma once

#include <torch/torch.h>

namespace finebrush::sam {

/// What both image encoders end in, from their last map to the embedding: [B, in, h, w] → [B, out, h, w].
torch::nn::Sequential makeNeck(int64_t in, int64_t out);

}  // namespace finebrush::sam
