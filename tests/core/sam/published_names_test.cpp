#include "core/base/text.h"
#include "core/checkpoint/load_state.h"
#include "core/sam/build_sam.h"
#include "core/sam/key_map.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

// The names and shapes of all tensors that the published files hold, written down from the official code by
// rule: facebookresearch/segment-anything dca509f (build_sam.py, modeling/) and ChaoningZhang/MobileSAM
// (modeling/tiny_vit_sam.py).
namespace finebrush {
namespace {

/// A checkpoint of shapes alone: its tensors hold no memory.
class Published {
  public:
    void add(const std::string& name, const std::vector<int64_t>& shape,
             torch::ScalarType type = torch::kFloat) {
        const auto options = torch::TensorOptions().device(torch::kMeta).dtype(type);
        named.tensors.insert(name, torch::empty(shape, options));
    }
    /// A linear layer or a convolution with a bias for each of the outputs.
    void addLayer(const std::string& name, const std::vector<int64_t>& shape, int64_t outputs) {
        add(name + ".weight", shape);
        add(name + ".bias", {outputs});
    }
    void addLinear(const std::string& name, int64_t inputs, int64_t outputs) {
        addLayer(name, {outputs, inputs}, outputs);
    }
    void addNorm(const std::string& name, int64_t channels) { addLayer(name, {channels}, channels); }
    /// A convolution without a bias and its batch normalisation, as TinyViT has them.
    void addNormed(const std::string& name, const std::vector<int64_t>& shape) {
        add(name + ".c.weight", shape);
        addNorm(name + ".bn", shape[0]);
        add(name + ".bn.running_mean", {shape[0]});
        add(name + ".bn.running_var", {shape[0]});
        add(name + ".bn.num_batches_tracked", {}, torch::kLong);
    }

    NamedTensors named;
};

void addAttention(Published& file, const std::string& name, int64_t inner) {
    for (const char* part : {"q_proj", "k_proj", "v_proj"}) file.addLinear(name + "." + part, 256, inner);
    file.addLinear(name + ".out_proj", inner, 256);
}

void addMlp(Published& file, const std::string& name, int64_t outputs) {
    file.addLinear(name + ".layers.0", 256, 256);
    file.addLinear(name + ".layers.1", 256, 256);
    file.addLinear(name + ".layers.2", 256, outputs);
}

void addNeck(Published& file, int64_t channels) {
    file.add("image_encoder.neck.0.weight", {256, channels, 1, 1});
    file.addNorm("image_encoder.neck.1", 256);
    file.add("image_encoder.neck.2.weight", {256, 256, 3, 3});
    file.addNorm("image_encoder.neck.3", 256);
}

void addPromptEncoder(Published& file) {
    file.add("prompt_encoder.pe_layer.positional_encoding_gaussian_matrix", {2, 128});
    for (int i = 0; i < 4; ++i) file.add(formatted("prompt_encoder.point_embeddings.%d.weight", i), {1, 256});
    file.add("prompt_encoder.not_a_point_embed.weight", {1, 256});
    file.add("prompt_encoder.no_mask_embed.weight", {1, 256});
    file.addLayer("prompt_encoder.mask_downscaling.0", {4, 1, 2, 2}, 4);
    file.addNorm("prompt_encoder.mask_downscaling.1", 4);
    file.addLayer("prompt_encoder.mask_downscaling.3", {16, 4, 2, 2}, 16);
    file.addNorm("prompt_encoder.mask_downscaling.4", 16);
    file.addLayer("prompt_encoder.mask_downscaling.6", {256, 16, 1, 1}, 256);
}

void addMaskDecoder(Published& file) {
    for (int i = 0; i < 2; ++i) {
        const std::string layer = formatted("mask_decoder.transformer.layers.%d", i);
        addAttention(file, layer + ".self_attn", 256);
        addAttention(file, layer + ".cross_attn_token_to_image", 128);
        addAttention(file, layer + ".cross_attn_image_to_token", 128);
        for (const char* norm : {".norm1", ".norm2", ".norm3", ".norm4"}) file.addNorm(layer + norm, 256);
        file.addLinear(layer + ".mlp.lin1", 256, 2048);
        file.addLinear(layer + ".mlp.lin2", 2048, 256);
    }
    addAttention(file, "mask_decoder.transformer.final_attn_token_to_image", 128);
    file.addNorm("mask_decoder.transformer.norm_final_attn", 256);
    file.add("mask_decoder.iou_token.weight", {1, 256});
    file.add("mask_decoder.mask_tokens.weight", {4, 256});
    file.addLayer("mask_decoder.output_upscaling.0", {256, 64, 2, 2}, 64);
    file.addNorm("mask_decoder.output_upscaling.1", 64);
    file.addLayer("mask_decoder.output_upscaling.3", {64, 32, 2, 2}, 32);
    for (int i = 0; i < 4; ++i) addMlp(file, formatted("mask_decoder.output_hypernetworks_mlps.%d", i), 32);
    addMlp(file, "mask_decoder.iou_prediction_head", 4);
}

/// A SAM ViT of so many blocks, of which some see the whole map.
NamedTensors publishedVit(int64_t channels, int depth, int64_t headChannels, const std::set<int>& global) {
    Published file;
    file.add("image_encoder.pos_embed", {1, 64, 64, channels});
    file.addLayer("image_encoder.patch_embed.proj", {channels, 3, 16, 16}, channels);
    for (int i = 0; i < depth; ++i) {
        const std::string block = formatted("image_encoder.blocks.%d", i);
        const int64_t side = global.contains(i) ? 64 : 14;
        file.addNorm(block + ".norm1", channels);
        file.add(block + ".attn.rel_pos_h", {2 * side - 1, headChannels});
        file.add(block + ".attn.rel_pos_w", {2 * side - 1, headChannels});
        file.addLinear(block + ".attn.qkv", channels, 3 * channels);
        file.addLinear(block + ".attn.proj", channels, channels);
        file.addNorm(block + ".norm2", channels);
        file.addLinear(block + ".mlp.lin1", channels, 4 * channels);
        file.addLinear(block + ".mlp.lin2", 4 * channels, channels);
    }
    addNeck(file, channels);
    addPromptEncoder(file);
    addMaskDecoder(file);
    return file.named;
}

/// What halves the map between two layers of a TinyViT.
void addDownsample(Published& file, const std::string& layer, int64_t inputs, int64_t outputs) {
    file.addNormed(layer + ".downsample.conv1", {outputs, inputs, 1, 1});
    file.addNormed(layer + ".downsample.conv2", {outputs, 1, 3, 3});
    file.addNormed(layer + ".downsample.conv3", {outputs, outputs, 1, 1});
}

/// But for the head of ImageNet's classes, which is left out when a file is loaded.
NamedTensors publishedMobileSam() {
    constexpr int64_t kChannels[] = {64, 128, 160, 320};
    constexpr int kDepths[] = {2, 2, 6, 2};
    constexpr int64_t kHeads[] = {2, 4, 5, 10};
    constexpr int64_t kWindows[] = {7, 7, 14, 7};
    Published file;
    file.addNormed("image_encoder.patch_embed.seq.0", {32, 3, 3, 3});
    file.addNormed("image_encoder.patch_embed.seq.2", {64, 32, 3, 3});
    for (int block = 0; block < kDepths[0]; ++block) {
        const std::string name = formatted("image_encoder.layers.0.blocks.%d", block);
        file.addNormed(name + ".conv1", {256, 64, 1, 1});
        file.addNormed(name + ".conv2", {256, 1, 3, 3});
        file.addNormed(name + ".conv3", {64, 256, 1, 1});
    }
    for (int layer = 1; layer < 4; ++layer) {
        const int64_t channels = kChannels[layer];
        addDownsample(file, formatted("image_encoder.layers.%d", layer - 1), kChannels[layer - 1], channels);
        for (int block = 0; block < kDepths[layer]; ++block) {
            const std::string name = formatted("image_encoder.layers.%d.blocks.%d", layer, block);
            file.addNorm(name + ".attn.norm", channels);
            file.addLinear(name + ".attn.qkv", channels, 3 * channels);
            file.addLinear(name + ".attn.proj", channels, channels);
            file.add(name + ".attn.attention_biases", {kHeads[layer], kWindows[layer] * kWindows[layer]});
            file.addNorm(name + ".mlp.norm", channels);
            file.addLinear(name + ".mlp.fc1", channels, 4 * channels);
            file.addLinear(name + ".mlp.fc2", 4 * channels, channels);
            file.addNormed(name + ".local_conv", {channels, 1, 3, 3});
        }
    }
    addNeck(file, 320);
    addPromptEncoder(file);
    addMaskDecoder(file);
    return file.named;
}

/// How a file differs from the network that it is taken for.
std::string differences(const NamedTensors& file) {
    const auto description = sam::describeNetwork(file, "published.pth");
    if (!description) return describe(description.error());
    return summary(compareState(*sam::Sam(*description), file));
}

struct PublishedVit {
    const char* name;
    int64_t channels;
    int depth;
    int64_t headChannels;
    std::set<int> global;
    size_t tensors;
    int64_t parameters;  ///< without the fixed matrix of the positional encoding
};

const PublishedVit kPublishedVits[] = {{"SAM ViT-B", 768, 12, 64, {2, 5, 8, 11}, 314, 93735472},
                                       {"SAM ViT-L", 1024, 24, 64, {5, 11, 17, 23}, 482, 312342832},
                                       {"SAM ViT-H", 1280, 32, 80, {7, 15, 23, 31}, 594, 641090608}};

TEST(PublishedNames, AreAllThatTheVitsOfSamHave) {
    for (const PublishedVit& vit : kPublishedVits) {
        const NamedTensors file = publishedVit(vit.channels, vit.depth, vit.headChannels, vit.global);
        EXPECT_EQ(file.tensors.size(), vit.tensors) << vit.name;
        int64_t elements = 0;
        for (const auto& entry : file.tensors) elements += entry.value().numel();
        EXPECT_EQ(elements - 2 * 128, vit.parameters) << vit.name;
        const auto description = sam::describeNetwork(file, "published.pth");
        ASSERT_TRUE(description) << vit.name << ": " << describe(description.error());
        EXPECT_EQ(description->name, vit.name);
        EXPECT_EQ(description->encoder.depth, vit.depth) << vit.name;
        EXPECT_EQ(description->encoder.globalBlocks,
                  std::vector<int64_t>(vit.global.begin(), vit.global.end()))
            << vit.name;
        // Blocks differ in nothing but what they see: one of each kind spares gigabytes.
        EXPECT_EQ(differences(publishedVit(vit.channels, 2, vit.headChannels, {1})), "") << vit.name;
    }
}

TEST(PublishedNames, AreAllThatMobileSamHas) {
    const NamedTensors file = publishedMobileSam();
    const auto description = sam::describeNetwork(file, "mobile_sam.pt");
    ASSERT_TRUE(description) << describe(description.error());
    EXPECT_EQ(description->name, "MobileSAM");
    EXPECT_EQ(differences(file), "");
}

TEST(PublishedNames, OneThatIsMissingOrUnknownIsTold) {
    NamedTensors file = publishedMobileSam();
    file.tensors.erase("image_encoder.layers.2.blocks.5.local_conv.bn.running_var");
    EXPECT_THAT(differences(file), ::testing::HasSubstr("layers.2.blocks.5.local_conv.bn.running_var"));
    file = publishedMobileSam();
    file.tensors.insert("image_encoder.layers.2.extra", torch::empty({1}));
    EXPECT_THAT(differences(file), ::testing::HasSubstr("image_encoder.layers.2.extra"));
}

TEST(PublishedNames, HaveOneNameEachOfHuggingFaceThatLeadsBack) {
    std::set<std::string> theirs;
    const NamedTensors file = publishedVit(768, 12, 64, {2, 5, 8, 11});
    for (const auto& entry : file.tensors) {
        const std::string name = sam::huggingFaceName(entry.key());
        EXPECT_TRUE(theirs.insert(name).second) << name;
        EXPECT_EQ(sam::officialName(name), entry.key());
    }
    EXPECT_FALSE(theirs.contains("image_encoder.pos_embed"));
}

}  // namespace
}  // namespace finebrush
