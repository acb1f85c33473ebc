#include "core/sam/transformer.h"

#include <utility>

namespace finebrush::sam {

namespace {

torch::nn::LayerNorm layerNorm(const DecoderDescription& description) {
    return torch::nn::LayerNorm(
        torch::nn::LayerNormOptions({description.channels}).eps(description.normEpsilon));
}

}  // namespace

AttentionImpl::AttentionImpl(int64_t channels, int64_t heads, int64_t downsampleRate) : heads_(heads) {
    const int64_t inner = channels / downsampleRate;
    TORCH_CHECK(inner % heads == 0, "attention: ", heads, " heads do not divide ", inner, " channels");
    q_proj = register_module("q_proj", torch::nn::Linear(channels, inner));
    k_proj = register_module("k_proj", torch::nn::Linear(channels, inner));
    v_proj = register_module("v_proj", torch::nn::Linear(channels, inner));
    out_proj = register_module("out_proj", torch::nn::Linear(inner, channels));
}

torch::Tensor AttentionImpl::forward(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v) {
    const auto separateHeads = [this](const torch::Tensor& x) {
        return x.view({x.size(0), x.size(1), heads_, -1}).transpose(1, 2);  // [B, heads, N, C/heads]
    };
    const torch::Tensor attended =
        torch::scaled_dot_product_attention(separateHeads(q_proj(q)), separateHeads(k_proj(k)),
                                            separateHeads(v_proj(v)));  // [B, heads, Nq, C/heads]
    return out_proj(attended.transpose(1, 2).flatten(2));               // [B, Nq, C]
}

MlpBlockImpl::MlpBlockImpl(int64_t channels, int64_t hidden) {
    lin1 = register_module("lin1", torch::nn::Linear(channels, hidden));
    lin2 = register_module("lin2", torch::nn::Linear(hidden, channels));
}

torch::Tensor MlpBlockImpl::forward(const torch::Tensor& x) {
    return lin2(torch::relu(lin1(x)));
}

TwoWayAttentionBlockImpl::TwoWayAttentionBlockImpl(const DecoderDescription& description,
                                                   bool skipFirstPositions)
    : skipFirstPositions_(skipFirstPositions) {
    const int64_t channels = description.channels, heads = description.heads;
    self_attn = register_module("self_attn", Attention(channels, heads, 1));
    norm1 = register_module("norm1", layerNorm(description));
    cross_attn_token_to_image = register_module("cross_attn_token_to_image", Attention(channels, heads, 2));
    norm2 = register_module("norm2", layerNorm(description));
    mlp = register_module("mlp", MlpBlock(channels, description.mlpChannels));
    norm3 = register_module("norm3", layerNorm(description));
    norm4 = register_module("norm4", layerNorm(description));
    cross_attn_image_to_token = register_module("cross_attn_image_to_token", Attention(channels, heads, 2));
}

TwoWayTokens TwoWayAttentionBlockImpl::forward(TwoWayTokens tokens, const torch::Tensor& queryPositions,
                                               const torch::Tensor& keyPositions) {
    auto& [queries, keys] = tokens;  // [B, T, C], [B, N, C]
    if (skipFirstPositions_) {
        queries = self_attn(queries, queries, queries);
    } else {
        const torch::Tensor placed = queries + queryPositions;
        queries = queries + self_attn(placed, placed, queries);
    }
    queries = norm1(queries);

    const torch::Tensor placedKeys = keys + keyPositions;
    queries = norm2(queries + cross_attn_token_to_image(queries + queryPositions, placedKeys, keys));
    queries = norm3(queries + mlp(queries));
    keys = norm4(keys + cross_attn_image_to_token(placedKeys, queries + queryPositions, queries));
    return tokens;
}

TwoWayTransformerImpl::TwoWayTransformerImpl(const DecoderDescription& description) {
    register_module("layers", layers);
    for (int64_t i = 0; i < description.depth; ++i)
        layers->push_back(TwoWayAttentionBlock(description, i == 0));
    final_attn_token_to_image =
        register_module("final_attn_token_to_image", Attention(description.channels, description.heads, 2));
    norm_final_attn = register_module("norm_final_attn", layerNorm(description));
}

TwoWayTokens TwoWayTransformerImpl::forward(const torch::Tensor& image, const torch::Tensor& imagePositions,
                                            const torch::Tensor& outputTokens) {
    const torch::Tensor keyPositions = imagePositions.flatten(2).transpose(1, 2);  // [1 or B, N, C]
    TwoWayTokens tokens{outputTokens, image.flatten(2).transpose(1, 2)};           // [B, T, C], [B, N, C]
    for (size_t i = 0; i < layers->size(); ++i) {
        tokens =
            layers->at<TwoWayAttentionBlockImpl>(i).forward(std::move(tokens), outputTokens, keyPositions);
    }
    auto& [queries, keys] = tokens;
    queries = queries + final_attn_token_to_image(queries + outputTokens, keys + keyPositions, keys);
    queries = norm_final_attn(queries);
    return tokens;
}

}  // namespace finebrush::sam
