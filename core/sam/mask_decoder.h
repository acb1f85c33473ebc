#pragma once

#include "core/sam/common.h"
#include "core/sam/prompt_encoder.h"
#include "core/sam/transformer.h"

#include <torch/torch.h>

namespace finebrush::sam {

/// Turns the decoder's image tokens into a finer map, and masks into products of tokens with its pixels.
struct OutputUpscalingImpl : torch::nn::Module {
    explicit OutputUpscalingImpl(int64_t channels);

    /// imageTokens [B, h·w, C] of a map of h rows, hypernetwork [B, T, C/8] → logits [B, T, 4h, 4w].
    torch::Tensor forward(const torch::Tensor& imageTokens, int64_t rows, const torch::Tensor& hypernetwork);

    // Children "0", "1" and "3" (2 and 4 are activations).
    torch::nn::ConvTranspose2d first{nullptr};
    LayerNorm2d norm{nullptr};
    torch::nn::ConvTranspose2d second{nullptr};
};
TORCH_MODULE(OutputUpscaling);

/// All masks that a decoder makes, the single one first.
struct DecodedMasks {
    torch::Tensor logits;  ///< [B, T, 4h, 4w], T mask tokens
    torch::Tensor iou;     ///< [B, T]
};

/// Predicts masks from an image embedding and prompts (segment_anything/modeling/mask_decoder.py).
struct MaskDecoderImpl : torch::nn::Module {
    explicit MaskDecoderImpl(const DecoderDescription& description);

    /// imageEmbedding [1 or B, C, h, w], imagePositions [1, C, h, w], B prompts.
    DecodedMasks forward(const torch::Tensor& imageEmbedding, const torch::Tensor& imagePositions,
                         const PromptEmbeddings& prompts);

    TwoWayTransformer transformer{nullptr};
    torch::nn::Embedding iou_token{nullptr};
    torch::nn::Embedding mask_tokens{nullptr};
    OutputUpscaling output_upscaling{nullptr};
    torch::nn::ModuleList output_hypernetworks_mlps;
    Mlp iou_prediction_head{nullptr};
};
TORCH_MODULE(MaskDecoder);

}  // namespace finebrush::sam
