#include "core/sam/tiny_vit.h"

#include "core/sam/attention.h"
#include "core/sam/encoder_geometry.h"
#include "core/sam/neck.h"
#include "core/sam/window_grid.h"

#include <map>
#include <utility>

namespace finebrush::sam {

namespace F = torch::nn::functional;

namespace {

constexpr int64_t kExpansion = 4;  // of the hidden channels, in MbConv and in the MLP

torch::nn::LayerNorm layerNorm(int64_t channels) {
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({channels}));
}

/// The number of the offset (|Δy|, |Δx|) of each pair of tokens, offsets numbered in the order in which they
/// first occur: [N·N] int64.
torch::Tensor offsetIndices(int64_t windowSize) {
    std::map<std::pair<int64_t, int64_t>, int64_t> numbers;
    std::vector<int64_t> indices;
    const int64_t tokens = windowSize * windowSize;
    for (int64_t a = 0; a < tokens; ++a) {
        for (int64_t b = 0; b < tokens; ++b) {
            const std::pair offset{std::abs(a / windowSize - b / windowSize),
                                   std::abs(a % windowSize - b % windowSize)};
            indices.push_back(
                numbers.try_emplace(offset, static_cast<int64_t>(numbers.size())).first->second);
        }
    }
    return torch::tensor(indices, torch::kInt64);
}

std::string blockName(size_t layer, size_t block) {
    return "layers." + std::to_string(layer) + ".blocks." + std::to_string(block);
}

}  // namespace

ConvBnImpl::ConvBnImpl(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t groups) {
    c = register_module("c", torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, kernel)
                                                   .stride(stride)
                                                   .padding(kernel / 2)
                                                   .groups(groups)
                                                   .bias(false)));
    bn = register_module("bn", torch::nn::BatchNorm2d(out));
}

torch::Tensor ConvBnImpl::forward(const torch::Tensor& x) {
    const torch::Tensor scale = bn->weight * torch::rsqrt(bn->running_var + bn->options.eps());  // [C']
    const torch::Tensor weight = c->weight * scale.view({-1, 1, 1, 1});
    const torch::Tensor bias = bn->bias - bn->running_mean * scale;
    const auto options = F::Conv2dFuncOptions()
                             .bias(bias)
                             .stride(c->options.stride())
                             .padding(c->weight.size(2) / 2)
                             .groups(c->options.groups());
    return F::conv2d(x.permute({0, 3, 1, 2}), weight, options).permute({0, 2, 3, 1});
}

PatchEmbedImpl::PatchEmbedImpl(int64_t stride, int64_t channels) {
    const int64_t kernel = stride == 1 ? 1 : 3;
    seq = register_module("seq",
                          torch::nn::Sequential(ConvBn(3, channels / 2, kernel, stride, 1), torch::nn::GELU(),
                                                ConvBn(channels / 2, channels, kernel, stride, 1)));
}

torch::Tensor PatchEmbedImpl::forward(const torch::Tensor& image) {
    const torch::Tensor pixels = image.permute({0, 2, 3, 1}).contiguous();  // [B, S, S, 3]
    return seq->forward(pixels);                                            // [B, H, W, C]
}

MbConvImpl::MbConvImpl(int64_t channels) {
    const int64_t hidden = kExpansion * channels;
    conv1 = register_module("conv1", ConvBn(channels, hidden, 1, 1, 1));
    conv2 = register_module("conv2", ConvBn(hidden, hidden, 3, 1, hidden));
    conv3 = register_module("conv3", ConvBn(hidden, channels, 1, 1, 1));
}

torch::Tensor MbConvImpl::forward(const torch::Tensor& x) {
    const torch::Tensor hidden = torch::gelu(conv2(torch::gelu(conv1(x))));  // [B, H, W, 4·C]
    return torch::gelu(conv3(hidden) + x);                                   // [B, H, W, C]
}

PatchMergingImpl::PatchMergingImpl(int64_t in, int64_t out, int64_t stride) {
    conv1 = register_module("conv1", ConvBn(in, out, 1, 1, 1));
    conv2 = register_module("conv2", ConvBn(out, out, 3, stride, out));
    conv3 = register_module("conv3", ConvBn(out, out, 1, 1, 1));
}

torch::Tensor PatchMergingImpl::forward(const torch::Tensor& x) {
    return conv3(torch::gelu(conv2(torch::gelu(conv1(x)))));
}

WindowAttentionImpl::WindowAttentionImpl(int64_t channels, int64_t heads, int64_t windowSize)
    : heads_(heads) {
    TORCH_CHECK(channels % heads == 0, "attention: ", heads, " heads do not divide ", channels, " channels");
    norm = register_module("norm", layerNorm(channels));
    qkv = register_module("qkv", AdaptableLinear(channels, 3 * channels));
    proj = register_module("proj", AdaptableLinear(channels, channels));
    attention_biases = register_parameter("attention_biases", torch::zeros({heads, windowSize * windowSize}));
    offsetIndex_ = offsetIndices(windowSize);
}

torch::Tensor WindowAttentionImpl::forward(const torch::Tensor& windows) {
    const int64_t count = windows.size(0), tokens = windows.size(1);
    const auto separateHeads = [this](const torch::Tensor& x) {
        return x.unflatten(-1, torch::IntArrayRef{heads_, -1})
            .transpose(-3, -2);  // [..., heads, N, 3·C/heads]
    };
    offsetIndex_ = offsetIndex_.to(attention_biases.device());
    torch::Tensor bias = attention_biases.index_select(1, offsetIndex_).view({1, heads_, tokens, tokens});
    const auto parts = separateHeads(qkv(norm(windows))).chunk(3, -1);
    torch::Tensor keys = parts[1], values = parts[2];
    if (prompts) {
        const auto more =
            separateHeads(qkv(norm(prompts->tokens).unsqueeze(0))).chunk(3, -1);  // [1, heads, P, C/heads]
        keys = torch::cat({keys, more[1].expand({count, -1, -1, -1})}, 2);
        values = torch::cat({values, more[2].expand({count, -1, -1, -1})}, 2);
        bias = torch::constant_pad_nd(bias, {0, prompts->tokens.size(0)});
    }
    const torch::Tensor attended = attend(parts[0], keys, values, bias);  // [W, heads, N, C/heads]
    return proj(attended.transpose(1, 2).flatten(2));                     // [W, N, C]
}

TinyVitMlpImpl::TinyVitMlpImpl(int64_t channels, int64_t hidden) {
    norm = register_module("norm", layerNorm(channels));
    fc1 = register_module("fc1", AdaptableLinear(channels, hidden));
    fc2 = register_module("fc2", AdaptableLinear(hidden, channels));
}

torch::Tensor TinyVitMlpImpl::forward(const torch::Tensor& x) {
    return fc2(torch::gelu(fc1(norm(x))));
}

TinyVitBlockImpl::TinyVitBlockImpl(int64_t channels, int64_t heads, int64_t windowSize)
    : windowSize_(windowSize) {
    attn = register_module("attn", WindowAttention(channels, heads, windowSize));
    mlp = register_module("mlp", TinyVitMlp(channels, kExpansion * channels));
    local_conv = register_module("local_conv", ConvBn(channels, channels, 3, 1, channels));
}

torch::Tensor TinyVitBlockImpl::forward(const torch::Tensor& x) {
    const torch::Tensor mixed = local_conv(x + attendInWindows(x));  // [B, H, W, C]
    return mixed + mlp(mixed);
}

torch::Tensor TinyVitBlockImpl::attendInWindows(const torch::Tensor& x) {
    const WindowGrid grid(x, windowSize_);
    return grid.join(attn(grid.split(x).flatten(1, 2)));
}

TinyVitStageImpl::TinyVitStageImpl(const TinyVitLayer& layer, int64_t nextChannels, int64_t mergingStride) {
    register_module("blocks", blocks);
    for (int64_t i = 0; i < layer.depth; ++i) {
        if (layer.heads > 0) {
            blocks->push_back(TinyVitBlock(layer.channels, layer.heads, layer.windowSize));
        } else {
            blocks->push_back(MbConv(layer.channels));
        }
    }
    if (nextChannels > 0) {
        downsample = register_module("downsample", PatchMerging(layer.channels, nextChannels, mergingStride));
    }
}

TinyVitImpl::TinyVitImpl(const EncoderDescription& encoderDescription)
    : ImageEncoderImpl(encoderDescription) {
    patch_embed = register_module("patch_embed",
                                  PatchEmbed(description.patchStride, description.layers.front().channels));
    register_module("layers", layers);
    const size_t count = description.layers.size();
    for (size_t i = 0; i < count; ++i) {
        const int64_t next = i + 1 < count ? description.layers[i + 1].channels : 0;
        layers->push_back(TinyVitStage(description.layers[i], next, mergingStride(i, count)));
    }
    neck = register_module("neck", makeNeck(description.layers.back().channels, description.outputChannels));
}

torch::Tensor TinyVitImpl::stem(const torch::Tensor& image) {
    auto& first = layers->at<TinyVitStageImpl>(0);
    torch::Tensor x = patch_embed(image);  // [B, H, W, C₀]
    for (size_t i = 0; i < first.blocks->size(); ++i) x = first.blocks->at<MbConvImpl>(i).forward(x);
    return first.downsample(x);  // [B, H/2, W/2, C₁]
}

EncoderOutput TinyVitImpl::runTrunk(const torch::Tensor& stemOutput, int64_t depth) {
    EncoderOutput output;
    torch::Tensor x = stemOutput;  // [B, H, W, C]
    output.stages.push_back(x.permute({0, 3, 1, 2}));
    size_t blockIndex = 0;
    for (size_t i = 1; i < layers->size(); ++i) {
        if (static_cast<int64_t>(i) >= depth) return output;
        auto& layer = layers->at<TinyVitStageImpl>(i);
        for (size_t j = 0; j < layer.blocks->size(); ++j) {
            x = layer.blocks->at<TinyVitBlockImpl>(j).forward(beforeBlock(blockIndex++, x));
        }
        if (layer.downsample) x = layer.downsample(x);
        output.stages.push_back(x.permute({0, 3, 1, 2}));
    }
    if (static_cast<int64_t>(layers->size()) >= depth) return output;
    output.embedding = neck->forward(output.stages.back());  // [B, 256, 64, 64]
    return output;
}

std::vector<AdaptableLayer> TinyVitImpl::adaptableLayers() {
    std::vector<AdaptableLayer> found;
    for (size_t i = 1; i < layers->size(); ++i) {
        auto& layer = layers->at<TinyVitStageImpl>(i);
        for (size_t j = 0; j < layer.blocks->size(); ++j) {
            auto& block = layer.blocks->at<TinyVitBlockImpl>(j);
            const std::string name = blockName(i, j);
            found.push_back(
                {name + ".attn.qkv", name, LinearRole::Qkv, block.attn->qkv, block.attn->headChannels()});
            found.push_back({name + ".attn.proj", name, LinearRole::Proj, block.attn->proj});
            found.push_back({name + ".mlp.fc1", name, LinearRole::MlpIn, block.mlp->fc1});
            found.push_back({name + ".mlp.fc2", name, LinearRole::MlpOut, block.mlp->fc2});
        }
    }
    return found;
}

std::vector<EncoderBlock> TinyVitImpl::trunkBlocks() {
    std::vector<EncoderBlock> found;
    for (size_t i = 1; i < layers->size(); ++i) {
        auto& layer = layers->at<TinyVitStageImpl>(i);
        for (size_t j = 0; j < layer.blocks->size(); ++j) {
            auto& block = layer.blocks->at<TinyVitBlockImpl>(j);
            found.push_back({blockName(i, j), description.layers[i].channels, &block.attn->prompts});
        }
    }
    return found;
}

std::vector<int64_t> TinyVitImpl::stageChannels() const {
    std::vector<int64_t> channels;  // what each layer's merging makes of its own; the last has none
    for (size_t i = 1; i < description.layers.size(); ++i) channels.push_back(description.layers[i].channels);
    channels.push_back(channels.back());
    return channels;
}

bool TinyVitImpl::isOfStem(const std::string& parameter) const {
    return parameter.starts_with("patch_embed.") || parameter.starts_with("layers.0.");
}

}  // namespace finebrush::sam
