#pragma once

#include "core/sam/adaptable_linear.h"
#include "core/sam/common.h"
#include "core/sam/image_encoder.h"
#include "core/sam/sam_description.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace finebrush::sam {

// TinyViT (Wu et al. 2022, arXiv 2207.10666) as MobileSAM and LiteMedSAM use it. Maps run through it as [B,
// H, W, C] throughout: convolutions see them as channels-last without a copy.

/// A convolution without bias and its batch normalisation, whose statistics stay as they were loaded. The two
/// are run as one convolution.
struct ConvBnImpl : torch::nn::Module {
    ConvBnImpl(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t groups);
    torch::Tensor forward(const torch::Tensor& x);  ///< [B, H, W, C] → [B, H', W', C']

    torch::nn::Conv2d c{nullptr};
    torch::nn::BatchNorm2d bn{nullptr};
};
TORCH_MODULE(ConvBn);

/// Two convolutions from pixels to tokens.
struct PatchEmbedImpl : torch::nn::Module {
    PatchEmbedImpl(int64_t stride, int64_t channels);
    torch::Tensor forward(const torch::Tensor& image);  ///< [B, 3, S, S] → [B, H, W, C]

    torch::nn::Sequential seq;
};
TORCH_MODULE(PatchEmbed);

/// Inverted-residual block (MobileNetV2).
struct MbConvImpl : torch::nn::Module {
    explicit MbConvImpl(int64_t channels);
    torch::Tensor forward(const torch::Tensor& x);  ///< [B, H, W, C] → same

    ConvBn conv1{nullptr}, conv2{nullptr}, conv3{nullptr};
};
TORCH_MODULE(MbConv);

/// Changes the channels, and at stride 2 halves the map.
struct PatchMergingImpl : torch::nn::Module {
    PatchMergingImpl(int64_t in, int64_t out, int64_t stride);
    torch::Tensor forward(const torch::Tensor& x);  ///< [B, H, W, C] → [B, H/stride, W/stride, C']

    ConvBn conv1{nullptr}, conv2{nullptr}, conv3{nullptr};
};
TORCH_MODULE(PatchMerging);

/// Multi-head attention inside a square window, with a learned bias for each offset between two tokens.
struct WindowAttentionImpl : torch::nn::Module {
    WindowAttentionImpl(int64_t channels, int64_t heads, int64_t windowSize);
    torch::Tensor forward(const torch::Tensor& windows);  ///< [W, N, C], N = windowSize² → same

    int64_t headChannels() const { return proj->inFeatures() / heads_; }

    torch::nn::LayerNorm norm{nullptr};
    AdaptableLinear qkv{nullptr}, proj{nullptr};
    torch::Tensor attention_biases;             ///< [heads, distinct offsets]
    std::shared_ptr<AttentionPrompts> prompts;  ///< the socket; null: empty

  private:
    int64_t heads_;
    torch::Tensor offsetIndex_;  ///< [N·N] int64: the offset of each pair of tokens
};
TORCH_MODULE(WindowAttention);

/// Normalisation, then two linear layers with GELU between them.
struct TinyVitMlpImpl : torch::nn::Module {
    TinyVitMlpImpl(int64_t channels, int64_t hidden);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::LayerNorm norm{nullptr};
    AdaptableLinear fc1{nullptr}, fc2{nullptr};
};
TORCH_MODULE(TinyVitMlp);

/// Attention in windows, a depthwise convolution, an MLP.
struct TinyVitBlockImpl : torch::nn::Module {
    TinyVitBlockImpl(int64_t channels, int64_t heads, int64_t windowSize);
    torch::Tensor forward(const torch::Tensor& x);  ///< [B, H, W, C] → same

    WindowAttention attn{nullptr};
    TinyVitMlp mlp{nullptr};
    ConvBn local_conv{nullptr};

  private:
    torch::Tensor attendInWindows(const torch::Tensor& x);

    int64_t windowSize_;
};
TORCH_MODULE(TinyVitBlock);

/// A layer of blocks, convolutional (`MbConv`) or with attention (`TinyVitBlock`), and the merging that ends
/// it.
struct TinyVitStageImpl : torch::nn::Module {
    /// `nextChannels` is 0 for the last layer, which has no merging.
    TinyVitStageImpl(const TinyVitLayer& layer, int64_t nextChannels, int64_t mergingStride);

    torch::nn::ModuleList blocks;
    PatchMerging downsample{nullptr};
};
TORCH_MODULE(TinyVitStage);

/// The encoder. Its stem is `patch_embed` and `layers.0`, all convolutions; stem and stages are [B, H, W, C].
struct TinyVitImpl : ImageEncoderImpl {
    explicit TinyVitImpl(const EncoderDescription& encoderDescription);

    torch::Tensor stem(const torch::Tensor& image) override;
    std::vector<AdaptableLayer> adaptableLayers() override;
    std::vector<EncoderBlock> trunkBlocks() override;
    bool isOfStem(const std::string& parameter) const override;
    std::vector<int64_t> stageChannels() const override;
    bool takesAnySize() const override { return true; }

    PatchEmbed patch_embed{nullptr};
    torch::nn::ModuleList layers;
    torch::nn::Sequential neck;

  protected:
    EncoderOutput runTrunk(const torch::Tensor& stemOutput, int64_t depth) override;
};
TORCH_MODULE(TinyVit);

}  // namespace finebrush::sam
