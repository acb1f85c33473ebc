#include "core/sam/prompt_encoder.h"

#include "core/sam/common.h"

#include <numbers>

namespace finebrush::sam {

namespace {

torch::nn::Conv2d strideConvolution(int64_t in, int64_t out) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 2).stride(2));
}

int64_t batchOf(const Prompts& prompts) {
    for (const torch::Tensor* some : {&prompts.points, &prompts.boxes, &prompts.masks}) {
        if (some->defined()) return some->size(0);
    }
    return 1;
}

/// Where label is `value`, the embedding [1, C]; zero elsewhere: [B, N, C].
torch::Tensor where(const torch::Tensor& labels, float value, const torch::Tensor& embedding) {
    return labels.eq(value).unsqueeze(-1) * embedding;
}

}  // namespace

PositionEmbeddingRandomImpl::PositionEmbeddingRandomImpl(int64_t features) {
    positional_encoding_gaussian_matrix =
        register_buffer("positional_encoding_gaussian_matrix", torch::randn({2, features}));
}

torch::Tensor PositionEmbeddingRandomImpl::encode(const torch::Tensor& coordinates) const {
    const torch::Tensor angles =
        torch::matmul(2 * coordinates - 1, positional_encoding_gaussian_matrix) * (2 * std::numbers::pi);
    return torch::cat({angles.sin(), angles.cos()}, -1);
}

torch::Tensor PositionEmbeddingRandomImpl::grid(int64_t side) const {
    const torch::Tensor centres = (torch::arange(side, positional_encoding_gaussian_matrix.options()) + 0.5) /
                                  static_cast<double>(side);
    const torch::Tensor x = centres.expand({side, side});            // [side, side], x along the columns
    return encode(torch::stack({x, x.t()}, -1)).permute({2, 0, 1});  // [C, side, side]
}

PromptEncoderImpl::PromptEncoderImpl(const DecoderDescription& description, int64_t inputSize)
    : channels_(description.channels), embeddingSize_(description.embeddingSize), inputSize_(inputSize) {
    const int64_t hidden = description.maskInputChannels;
    pe_layer = register_module("pe_layer", PositionEmbeddingRandom(channels_ / 2));
    register_module("point_embeddings", point_embeddings);
    for (int i = 0; i < 4; ++i) point_embeddings->push_back(torch::nn::Embedding(1, channels_));
    not_a_point_embed = register_module("not_a_point_embed", torch::nn::Embedding(1, channels_));
    mask_downscaling = register_module(
        "mask_downscaling",
        torch::nn::Sequential(strideConvolution(1, hidden / 4), LayerNorm2d(hidden / 4), torch::nn::GELU(),
                              strideConvolution(hidden / 4, hidden), LayerNorm2d(hidden), torch::nn::GELU(),
                              torch::nn::Conv2d(torch::nn::Conv2dOptions(hidden, channels_, 1))));
    no_mask_embed = register_module("no_mask_embed", torch::nn::Embedding(1, channels_));
}

PromptEmbeddings PromptEncoderImpl::forward(const Prompts& prompts) {
    const int64_t batch = batchOf(prompts);
    std::vector<torch::Tensor> sparse = {no_mask_embed->weight.new_empty({batch, 0, channels_})};
    if (prompts.points.defined()) {
        torch::Tensor points = prompts.points, labels = prompts.pointLabels;
        if (!prompts.boxes.defined()) {  // without a box the network expects a padding point
            points = torch::cat({points, points.new_zeros({batch, 1, 2})}, 1);
            labels = torch::cat({labels, labels.new_full({batch, 1}, -1)}, 1);
        }
        sparse.push_back(embedPoints(points, labels));
    }
    if (prompts.boxes.defined()) sparse.push_back(embedBoxes(prompts.boxes));

    const torch::Tensor dense =
        prompts.masks.defined()
            ? mask_downscaling->forward(prompts.masks)  // [B, C, h, w]
            : no_mask_embed->weight.view({1, -1, 1, 1}).expand({batch, -1, embeddingSize_, embeddingSize_});
    return {torch::cat(sparse, 1), dense};
}

torch::Tensor PromptEncoderImpl::densePositions() const {
    return pe_layer->grid(embeddingSize_).unsqueeze(0);
}

torch::Tensor PromptEncoderImpl::embedPoints(const torch::Tensor& points, const torch::Tensor& labels) const {
    const torch::Tensor centres = (points + 0.5) / static_cast<double>(inputSize_);
    const torch::Tensor positions = pe_layer->encode(centres) * labels.ne(-1).unsqueeze(-1);  // [B, N, C]
    return positions + where(labels, -1, not_a_point_embed->weight) +
           where(labels, 0, point_embeddings->at<torch::nn::EmbeddingImpl>(0).weight) +
           where(labels, 1, point_embeddings->at<torch::nn::EmbeddingImpl>(1).weight);
}

torch::Tensor PromptEncoderImpl::embedBoxes(const torch::Tensor& boxes) const {
    const torch::Tensor corners = (boxes.reshape({-1, 2, 2}) + 0.5) / static_cast<double>(inputSize_);
    return pe_layer->encode(corners) +
           torch::cat({point_embeddings->at<torch::nn::EmbeddingImpl>(2).weight,
                       point_embeddings->at<torch::nn::EmbeddingImpl>(3).weight});  // [B, 2, C]
}

}  // namespace finebrush::sam
