#pragma once

#include "core/sam/sam.h"

#include <torch/torch.h>

namespace finebrush::sam {

/// What the tokens of a decoder propose: masks, and which class each of them is of.
struct ClassQueries {
    torch::Tensor masks;    ///< [B, Q, 4h, 4w] logits
    torch::Tensor classes;  ///< [B, Q, K + 1] logits, the last of no class
};

/// How much each class is at a pixel: Σ over queries of P(class)·P(mask), the share of no class left out
/// (Cheng et al. 2021, arXiv 2107.06278, §3.4). Masks may have been resized: [B, K, H, W] float.
torch::Tensor semanticScores(const ClassQueries& queries);

/// The mask decoder without prompts, one mask token a class (Conv-LoRA, arXiv 2401.17868, §3.3): the prompt
/// encoder's "no mask" embedding is the dense prompt, there is no sparse one, and hypernetwork 0 serves all
/// classes. It holds copies of the base's weights, so that training it leaves the base as it was.
///
/// With a class head it is the published one for several classes: the tokens are queries, and a linear layer
/// tells the class of each (AutoGluon's `SAMForSemanticSegmentation`).
struct MultiClassDecoderImpl : torch::nn::Module {
    /// Each class's token starts as the base's mask token 0 plus noise of `seed`, small beside it.
    MultiClassDecoderImpl(const Sam& base, int64_t classCount, uint64_t seed);

    /// Makes the tokens queries for that many classes. Before training.
    void addClassHead(int64_t classCount);

    /// embedding [B, C, h, w] of any shape → logits [B, K, 4h, 4w] of one mask a token.
    torch::Tensor forward(const torch::Tensor& embedding);

    /// The same, and the class of each; needs a class head.
    ClassQueries queries(const torch::Tensor& embedding);

    int64_t classCount() const;
    bool hasClassHead() const { return !output_classifier_mlps.is_empty(); }

    TwoWayTransformer transformer{nullptr};
    torch::nn::Embedding iou_token{nullptr};
    torch::nn::Embedding mask_tokens{nullptr};  ///< [K, C]
    OutputUpscaling output_upscaling{nullptr};
    torch::nn::ModuleList output_hypernetworks_mlps;    ///< one
    torch::nn::Linear output_classifier_mlps{nullptr};  ///< [K + 1, C]; null without a class head

  private:
    struct Decoded {
        torch::Tensor tokens;  ///< [B, T, C]
        torch::Tensor masks;   ///< [B, T, 4h, 4w]
    };
    Decoded decode(const torch::Tensor& embedding);

    /// The positional encoding of a map: the square one's, stretched to its shape. [1, C, rows, columns].
    torch::Tensor positionsFor(int64_t rows, int64_t columns) const;

    torch::Tensor densePrompt_;     ///< [1, C, 1, 1], frozen
    torch::Tensor imagePositions_;  ///< [1, C, h, w], frozen
};
TORCH_MODULE(MultiClassDecoder);

}  // namespace finebrush::sam
