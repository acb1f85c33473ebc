#pragma once

#include "core/sam/sam_description.h"

#include <torch/torch.h>

namespace finebrush::sam {

/// Multi-head attention with its inner width reduced (segment_anything/modeling/transformer.py).
struct AttentionImpl : torch::nn::Module {
    AttentionImpl(int64_t channels, int64_t heads, int64_t downsampleRate);

    /// q [B, Nq, C], k and v [B, Nk, C] → [B, Nq, C].
    torch::Tensor forward(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v);

    torch::nn::Linear q_proj{nullptr}, k_proj{nullptr}, v_proj{nullptr}, out_proj{nullptr};

  private:
    int64_t heads_;
};
TORCH_MODULE(Attention);

/// Two linear layers with ReLU between them.
struct MlpBlockImpl : torch::nn::Module {
    MlpBlockImpl(int64_t channels, int64_t hidden);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::Linear lin1{nullptr}, lin2{nullptr};
};
TORCH_MODULE(MlpBlock);

/// Output tokens ("queries", [B, T, C]) and image tokens ("keys", [B, N, C]) after a step of the transformer.
struct TwoWayTokens {
    torch::Tensor queries;
    torch::Tensor keys;
};

/// Self-attention of the output tokens, attention from them to the image, an MLP, attention from the image to
/// them.
struct TwoWayAttentionBlockImpl : torch::nn::Module {
    TwoWayAttentionBlockImpl(const DecoderDescription& description, bool skipFirstPositions);
    TwoWayTokens forward(TwoWayTokens tokens, const torch::Tensor& queryPositions,
                         const torch::Tensor& keyPositions);

    Attention self_attn{nullptr}, cross_attn_token_to_image{nullptr}, cross_attn_image_to_token{nullptr};
    torch::nn::LayerNorm norm1{nullptr}, norm2{nullptr}, norm3{nullptr}, norm4{nullptr};
    MlpBlock mlp{nullptr};

  private:
    bool skipFirstPositions_;
};
TORCH_MODULE(TwoWayAttentionBlock);

/// The transformer of the mask decoder (segment_anything/modeling/transformer.py).
struct TwoWayTransformerImpl : torch::nn::Module {
    explicit TwoWayTransformerImpl(const DecoderDescription& description);

    /// image [B, C, h, w], imagePositions [1 or B, C, h, w], outputTokens [B, T, C].
    TwoWayTokens forward(const torch::Tensor& image, const torch::Tensor& imagePositions,
                         const torch::Tensor& outputTokens);

    torch::nn::ModuleList layers;
    Attention final_attn_token_to_image{nullptr};
    torch::nn::LayerNorm norm_final_attn{nullptr};
};
TORCH_MODULE(TwoWayTransformer);

}  // namespace finebrush::sam
