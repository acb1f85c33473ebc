#pragma once

#include "core/sam/adaptable_linear.h"
#include "core/sam/common.h"
#include "core/sam/image_encoder.h"
#include "core/sam/sam_description.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace finebrush::sam {

// SAM's own encoder: a ViT with windows and decomposed relative positions
// (segment_anything/modeling/image_encoder.py, after Li et al. 2022, arXiv 2203.16527). Maps run through it
// as [B, H, W, C].

/// Multi-head attention over a map, with a learned bias for the vertical and the horizontal distance of two
/// tokens.
struct MapAttentionImpl : torch::nn::Module {
    /// `side` is that of the maps that it was trained on: of a window, or of the whole map.
    MapAttentionImpl(int64_t channels, int64_t heads, int64_t side);

    /// x [B, H, W, C], prompts [P, C] or undefined → [B, H, W, C]. Where H or W is another than `side`, the
    /// positions are stretched to it.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& prompts);

    AdaptableLinear qkv{nullptr}, proj{nullptr};
    torch::Tensor rel_pos_h;  ///< [2·side - 1, C/heads]
    torch::Tensor rel_pos_w;  ///< [2·side - 1, C/heads]

  private:
    torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                         int64_t height, int64_t width) const;

    int64_t heads_;
};
TORCH_MODULE(MapAttention);

/// Two linear layers with GELU between them.
struct VitMlpImpl : torch::nn::Module {
    VitMlpImpl(int64_t channels, int64_t hidden);
    torch::Tensor forward(const torch::Tensor& x);

    AdaptableLinear lin1{nullptr}, lin2{nullptr};
};
TORCH_MODULE(VitMlp);

/// A transformer block; its attention sees windows, or the whole map where `windowSize` is 0.
struct VitBlockImpl : torch::nn::Module {
    VitBlockImpl(const EncoderDescription& description, int64_t windowSize);
    torch::Tensor forward(const torch::Tensor& x);  ///< [B, H, W, C] → same

    torch::nn::LayerNorm norm1{nullptr}, norm2{nullptr};
    MapAttention attn{nullptr};
    VitMlp mlp{nullptr};
    std::shared_ptr<AttentionPrompts> prompts;  ///< the socket; null: empty

  private:
    int64_t windowSize_;
};
TORCH_MODULE(VitBlock);

/// One convolution from patches to tokens: [B, 3, S, S] → [B, H, W, C].
struct VitPatchEmbedImpl : torch::nn::Module {
    VitPatchEmbedImpl(int64_t patchSize, int64_t channels);
    torch::Tensor forward(const torch::Tensor& image);

    torch::nn::Conv2d proj{nullptr};
};
TORCH_MODULE(VitPatchEmbed);

/// The encoder. Its stem is `patch_embed` and `pos_embed`; its stages are the stem's map and each global
/// block's.
struct ImageEncoderVitImpl : ImageEncoderImpl {
    explicit ImageEncoderVitImpl(const EncoderDescription& encoderDescription);

    torch::Tensor stem(const torch::Tensor& image) override;
    std::vector<AdaptableLayer> adaptableLayers() override;
    std::vector<EncoderBlock> trunkBlocks() override;
    bool isOfStem(const std::string& parameter) const override;
    std::vector<int64_t> stageChannels() const override;
    bool takesAnySize() const override { return false; }  // its positional table is of one size

    VitPatchEmbed patch_embed{nullptr};
    torch::Tensor pos_embed;  ///< [1, H, W, C]
    torch::nn::ModuleList blocks;
    torch::nn::Sequential neck;

  protected:
    EncoderOutput runTrunk(const torch::Tensor& stemOutput, int64_t depth) override;

  private:
    bool isGlobal(size_t block) const;
};
TORCH_MODULE(ImageEncoderVit);

}  // namespace finebrush::sam
