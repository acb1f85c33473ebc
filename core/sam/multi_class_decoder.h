#pragma once

#include "core/sam/sam.h"

#include <torch/torch.h>

namespace finebrush::sam {

/// The mask decoder without prompts, one mask token a class (Conv-LoRA, arXiv 2401.17868, §3.3): the prompt
/// encoder's "no mask" embedding is the dense prompt, there is no sparse one, and hypernetwork 0 serves all
/// classes. It holds copies of the base's weights, so that training it leaves the base as it was.
struct MultiClassDecoderImpl : torch::nn::Module {
    /// Each class's token starts as the base's mask token 0 plus noise of `seed`, small beside it.
    MultiClassDecoderImpl(const Sam& base, int64_t classCount, uint64_t seed);

    /// embedding [B, C, h, w] of any shape → logits [B, K, 4h, 4w].
    torch::Tensor forward(const torch::Tensor& embedding);

    int64_t classCount() const { return mask_tokens->weight.size(0); }

    TwoWayTransformer transformer{nullptr};
    torch::nn::Embedding iou_token{nullptr};
    torch::nn::Embedding mask_tokens{nullptr};  ///< [K, C]
    OutputUpscaling output_upscaling{nullptr};
    torch::nn::ModuleList output_hypernetworks_mlps;  ///< one

  private:
    /// The positional encoding of a map: the square one's, stretched to its shape. [1, C, rows, columns].
    torch::Tensor positionsFor(int64_t rows, int64_t columns) const;

    torch::Tensor densePrompt_;     ///< [1, C, 1, 1], frozen
    torch::Tensor imagePositions_;  ///< [1, C, h, w], frozen
};
TORCH_MODULE(MultiClassDecoder);

}  // namespace finebrush::sam
