#include "core/sam/image_encoder_vit.h"

#include "core/sam/attention.h"
#include "core/sam/neck.h"
#include "core/sam/window_grid.h"

#include <algorithm>

namespace finebrush::sam {

namespace {

torch::nn::LayerNorm layerNorm(int64_t channels) {
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({channels}).eps(1e-6));
}

/// A table of relative positions [L, D] for another side, as segment-anything's get_rel_pos stretches it:
/// [2·side - 1, D].
torch::Tensor stretchedTo(const torch::Tensor& relativePositions, int64_t side) {
    if (relativePositions.size(0) == 2 * side - 1) return relativePositions;
    return torch::upsample_linear1d(relativePositions.t().unsqueeze(0), {2 * side - 1}, false).squeeze(0).t();
}

/// The embedding of the distance of each pair of positions on an axis: [2·side - 1, D] → [side, side, D].
torch::Tensor byDistance(const torch::Tensor& table, int64_t side) {
    const torch::Tensor relativePositions = stretchedTo(table, side);
    const torch::Tensor position =
        torch::arange(side, torch::TensorOptions(relativePositions.device()).dtype(torch::kInt64));
    const torch::Tensor distance = position.unsqueeze(1) - position.unsqueeze(0) + (side - 1);
    return relativePositions.index_select(0, distance.flatten()).unflatten(0, torch::IntArrayRef{side, side});
}

}  // namespace

MapAttentionImpl::MapAttentionImpl(int64_t channels, int64_t heads, int64_t side) : heads_(heads) {
    TORCH_CHECK(channels % heads == 0, "attention: ", heads, " heads do not divide ", channels, " channels");
    qkv = register_module("qkv", AdaptableLinear(channels, 3 * channels));
    proj = register_module("proj", AdaptableLinear(channels, channels));
    rel_pos_h = register_parameter("rel_pos_h", torch::zeros({2 * side - 1, channels / heads}));
    rel_pos_w = register_parameter("rel_pos_w", torch::zeros({2 * side - 1, channels / heads}));
}

torch::Tensor MapAttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& prompts) {
    const int64_t batch = x.size(0);
    const auto separate = [this](const torch::Tensor& tokens) {  // [B, N, 3·C] → [3, heads, B, N, C/heads]
        return tokens.unflatten(-1, torch::IntArrayRef{3, heads_, -1}).permute({2, 3, 0, 1, 4});
    };
    const torch::Tensor parts = separate(qkv(x).flatten(1, 2));
    torch::Tensor keys = parts[1], values = parts[2];  // [heads, B, N, C/heads]
    if (prompts.defined()) {
        const torch::Tensor more = separate(qkv(prompts.unsqueeze(0))).expand({-1, -1, batch, -1, -1});
        keys = torch::cat({keys, more[1]}, 2);
        values = torch::cat({values, more[2]}, 2);
    }
    // Head by head: the bias of all heads at once would be the largest tensor of the network.
    std::vector<torch::Tensor> attended;
    for (int64_t head = 0; head < heads_; ++head) {
        attended.push_back(attend(parts[0][head], keys[head], values[head], x.size(1), x.size(2)));
    }
    return proj(torch::cat(attended, -1).view_as(x));  // [B, side, side, C]
}

torch::Tensor MapAttentionImpl::attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                                       int64_t height, int64_t width) const {
    const int64_t batch = q.size(0), tokens = q.size(1);
    const torch::Tensor map = q.unflatten(1, torch::IntArrayRef{height, width});  // [B, H, W, D]
    const torch::Tensor rows = torch::einsum("bhwc,hkc->bhwk", {map, byDistance(rel_pos_h, height)});
    const torch::Tensor columns = torch::einsum("bhwc,wkc->bhwk", {map, byDistance(rel_pos_w, width)});
    torch::Tensor bias = (rows.unsqueeze(-1) + columns.unsqueeze(-2)).reshape({batch, 1, tokens, tokens});
    if (k.size(1) > tokens)
        bias = torch::constant_pad_nd(bias, {0, k.size(1) - tokens});  // prompts have no position
    return sam::attend(q.unsqueeze(1), k.unsqueeze(1), v.unsqueeze(1), bias).squeeze(1);
}

VitMlpImpl::VitMlpImpl(int64_t channels, int64_t hidden) {
    lin1 = register_module("lin1", AdaptableLinear(channels, hidden));
    lin2 = register_module("lin2", AdaptableLinear(hidden, channels));
}

torch::Tensor VitMlpImpl::forward(const torch::Tensor& x) {
    return lin2(torch::gelu(lin1(x)));
}

VitBlockImpl::VitBlockImpl(const EncoderDescription& description, int64_t windowSize)
    : windowSize_(windowSize) {
    const int64_t side = windowSize > 0 ? windowSize : description.inputSize / description.patchSize;
    norm1 = register_module("norm1", layerNorm(description.channels));
    attn = register_module("attn", MapAttention(description.channels, description.heads, side));
    norm2 = register_module("norm2", layerNorm(description.channels));
    mlp = register_module("mlp", VitMlp(description.channels, description.mlpChannels));
}

torch::Tensor VitBlockImpl::forward(const torch::Tensor& x) {
    const torch::Tensor normalised = norm1(x);
    const torch::Tensor normalisedPrompts = prompts ? norm1(prompts->tokens) : torch::Tensor();
    torch::Tensor attended;  // [B, H, W, C]
    if (windowSize_ > 0) {
        const WindowGrid grid(x, windowSize_);
        attended = grid.join(attn(grid.split(normalised), normalisedPrompts));
    } else {
        attended = attn(normalised, normalisedPrompts);
    }
    const torch::Tensor mixed = x + attended;
    return mixed + mlp(norm2(mixed));
}

VitPatchEmbedImpl::VitPatchEmbedImpl(int64_t patchSize, int64_t channels) {
    proj = register_module(
        "proj", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, channels, patchSize).stride(patchSize)));
}

torch::Tensor VitPatchEmbedImpl::forward(const torch::Tensor& image) {
    return proj(image).permute({0, 2, 3, 1});
}

ImageEncoderVitImpl::ImageEncoderVitImpl(const EncoderDescription& encoderDescription)
    : ImageEncoderImpl(encoderDescription) {
    const int64_t side = description.inputSize / description.patchSize;
    patch_embed = register_module("patch_embed", VitPatchEmbed(description.patchSize, description.channels));
    pos_embed = register_parameter("pos_embed", torch::zeros({1, side, side, description.channels}));
    register_module("blocks", blocks);
    for (int64_t i = 0; i < description.depth; ++i) {
        blocks->push_back(
            VitBlock(description, isGlobal(static_cast<size_t>(i)) ? 0 : description.windowSize));
    }
    neck = register_module("neck", makeNeck(description.channels, description.outputChannels));
}

torch::Tensor ImageEncoderVitImpl::stem(const torch::Tensor& image) {
    const torch::Tensor patches = patch_embed(image);  // [B, H, W, C]
    if (patches.size(1) == pos_embed.size(1) && patches.size(2) == pos_embed.size(2))
        return patches + pos_embed;
    const torch::Tensor positions = torch::upsample_bilinear2d(pos_embed.permute({0, 3, 1, 2}),
                                                               {patches.size(1), patches.size(2)}, false);
    return patches + positions.permute({0, 2, 3, 1});
}

EncoderOutput ImageEncoderVitImpl::runTrunk(const torch::Tensor& stemOutput, int64_t depth) {
    EncoderOutput output;
    torch::Tensor x = stemOutput;  // [B, H, W, C]
    output.stages.push_back(x.permute({0, 3, 1, 2}));
    for (size_t i = 0; i < blocks->size(); ++i) {
        if (static_cast<int64_t>(output.stages.size()) >= depth) return output;
        x = blocks->at<VitBlockImpl>(i).forward(beforeBlock(i, x));
        if (isGlobal(i)) output.stages.push_back(x.permute({0, 3, 1, 2}));
    }
    if (static_cast<int64_t>(output.stages.size()) >= depth) return output;
    output.embedding = neck->forward(x.permute({0, 3, 1, 2}));  // [B, 256, h, w]
    return output;
}

bool ImageEncoderVitImpl::isGlobal(size_t block) const {
    return std::ranges::find(description.globalBlocks, static_cast<int64_t>(block)) !=
           description.globalBlocks.end();
}

std::vector<AdaptableLayer> ImageEncoderVitImpl::adaptableLayers() {
    std::vector<AdaptableLayer> found;
    for (size_t i = 0; i < blocks->size(); ++i) {
        auto& block = blocks->at<VitBlockImpl>(i);
        const std::string name = "blocks." + std::to_string(i);
        found.push_back({name + ".attn.qkv", name, LinearRole::Qkv, block.attn->qkv, description.channels});
        found.push_back({name + ".attn.proj", name, LinearRole::Proj, block.attn->proj});
        found.push_back({name + ".mlp.lin1", name, LinearRole::MlpIn, block.mlp->lin1});
        found.push_back({name + ".mlp.lin2", name, LinearRole::MlpOut, block.mlp->lin2});
    }
    return found;
}

std::vector<EncoderBlock> ImageEncoderVitImpl::trunkBlocks() {
    std::vector<EncoderBlock> found;
    for (size_t i = 0; i < blocks->size(); ++i) {
        auto& block = blocks->at<VitBlockImpl>(i);
        found.push_back({"blocks." + std::to_string(i), pos_embed.size(3), &block.prompts});
    }
    return found;
}

std::vector<int64_t> ImageEncoderVitImpl::stageChannels() const {
    return std::vector<int64_t>(1 + description.globalBlocks.size(), description.channels);
}

bool ImageEncoderVitImpl::isOfStem(const std::string& parameter) const {
    return parameter.starts_with("patch_embed.") || parameter == "pos_embed";
}

}  // namespace finebrush::sam
