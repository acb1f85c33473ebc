#pragma once

#include "core/sam/image_encoder.h"
#include "core/sam/mask_decoder.h"
#include "core/sam/prompt_encoder.h"
#include "core/sam/sam_description.h"

#include <torch/torch.h>

#include <string>

namespace finebrush::sam {

/// Masks for a batch of prompts on one image.
struct PromptedMasks {
    torch::Tensor logits;  ///< [B, M, 4h, 4w] float at the decoder's resolution; M is 1 or, multi, 3
    torch::Tensor iou;     ///< [B, M] float, the quality that the network expects
};

/// A network of the Segment Anything family: image encoder, prompt encoder, mask decoder
/// (segment_anything/modeling/sam.py). Loaded networks are frozen and in evaluation mode.
struct SamImpl : torch::nn::Module {
    explicit SamImpl(const SamDescription& description);

    /// image [B, 3, h, w] float RGB in 0..1 → the same, scaled and shifted as the network was trained.
    torch::Tensor normalised(const torch::Tensor& image) const;

    /// image [B, 3, h, w] float RGB in 0..1, h and w at most the side S of the input → normalised as the
    /// network was trained, padded with zeros at the right and the bottom to [B, 3, S, S]. Another side than
    /// the network's own may be given.
    torch::Tensor preprocess(const torch::Tensor& image, int64_t side = 0) const;

    /// embedding [1, C, h, w] of one image and prompts in the frame of its input → masks. Not for training.
    PromptedMasks predict(const torch::Tensor& embedding, const Prompts& prompts, bool multimask);

    /// Logits [B, M, 4h, 4w] → [B, M, height, width] in the frame of the image: scaled to the input, cut to
    /// what was not padding (`inputHeight` × `inputWidth`), scaled to the image. Bilinear.
    torch::Tensor postprocessMasks(const torch::Tensor& logits, int64_t inputHeight, int64_t inputWidth,
                                   int64_t imageHeight, int64_t imageWidth) const;

    SamDescription description;
    std::string
        checkpointSha256;  ///< of the file that the weights came from, lower-case hex; empty where random

    ImageEncoder image_encoder;
    PromptEncoder prompt_encoder{nullptr};
    MaskDecoder mask_decoder{nullptr};
};
TORCH_MODULE(Sam);

}  // namespace finebrush::sam
