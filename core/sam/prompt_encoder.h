#pragma once

#include "core/sam/sam_description.h"

#include <torch/torch.h>

namespace finebrush::sam {

/// Prompts on one image, in the frame of the network's input (px). An undefined tensor means none of that
/// kind.
struct Prompts {
    torch::Tensor points;       ///< [B, N, 2] float, x and y
    torch::Tensor pointLabels;  ///< [B, N] float: 1 object, 0 background, -1 padding
    torch::Tensor boxes;        ///< [B, 4] float: left, top, right, bottom
    torch::Tensor masks;        ///< [B, 1, 4h, 4w] float logits
};

struct PromptEmbeddings {
    torch::Tensor sparse;  ///< [B, P, C]
    torch::Tensor dense;   ///< [B, C, h, w]
};

/// Positional encoding by random spatial frequencies (Tancik et al. 2020, arXiv 2006.10739).
struct PositionEmbeddingRandomImpl : torch::nn::Module {
    explicit PositionEmbeddingRandomImpl(int64_t features);

    /// Coordinates [..., 2] in 0..1 → [..., 2·features].
    torch::Tensor encode(const torch::Tensor& coordinates) const;

    /// The encoding of the centres of a square grid: [2·features, side, side].
    torch::Tensor grid(int64_t side) const;

    torch::Tensor positional_encoding_gaussian_matrix;  ///< [2, features]
};
TORCH_MODULE(PositionEmbeddingRandom);

/// Turns points, boxes and masks into embeddings (segment_anything/modeling/prompt_encoder.py).
struct PromptEncoderImpl : torch::nn::Module {
    PromptEncoderImpl(const DecoderDescription& description, int64_t inputSize);

    PromptEmbeddings forward(const Prompts& prompts);

    /// The positional encoding of the image embedding: [1, C, h, w].
    torch::Tensor densePositions() const;

    PositionEmbeddingRandom pe_layer{nullptr};
    torch::nn::ModuleList point_embeddings;  ///< background, object, box's first and second corner
    torch::nn::Embedding not_a_point_embed{nullptr};
    torch::nn::Sequential mask_downscaling;
    torch::nn::Embedding no_mask_embed{nullptr};

  private:
    torch::Tensor embedPoints(const torch::Tensor& points, const torch::Tensor& labels) const;
    torch::Tensor embedBoxes(const torch::Tensor& boxes) const;

    int64_t channels_;
    int64_t embeddingSize_;
    int64_t inputSize_;
};
TORCH_MODULE(PromptEncoder);

}  // namespace finebrush::sam
