#include "core/sam/build_sam.h"

#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/sam/key_map.h"
#include "core/sam/network_size.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <limits>
#include <set>
#include <string>
#include <utility>

namespace finebrush::testing {

namespace {

/// A checkpoint of shapes alone: its tensors hold no memory.
class Shapes {
  public:
    Shapes& add(const std::string& name, std::vector<int64_t> shape) {
        named.tensors.insert(name, torch::empty(shape, torch::TensorOptions().device(torch::kMeta)));
        return *this;
    }
    NamedTensors named;
};

Shapes decoderShapes() {
    Shapes shapes;
    shapes.add("mask_decoder.mask_tokens.weight", {4, 256})
        .add("mask_decoder.transformer.layers.0.norm1.weight", {256})
        .add("mask_decoder.transformer.layers.1.norm1.weight", {256})
        .add("mask_decoder.transformer.layers.0.mlp.lin1.weight", {2048, 256})
        .add("prompt_encoder.mask_downscaling.3.weight", {16, 4, 2, 2})
        .add("mask_decoder.iou_prediction_head.layers.0.weight", {256, 256})
        .add("mask_decoder.iou_prediction_head.layers.1.weight", {256, 256})
        .add("mask_decoder.iou_prediction_head.layers.2.weight", {4, 256});
    return shapes;
}

/// SAM's own encoder as published: windows of 14, an input of 1024 px.
Shapes vitShapes(int64_t channels, int64_t depth, int64_t headChannels, const std::set<int64_t>& global) {
    Shapes shapes = decoderShapes();
    shapes.add("image_encoder.pos_embed", {1, 64, 64, channels})
        .add("image_encoder.patch_embed.proj.weight", {channels, 3, 16, 16})
        .add("image_encoder.neck.0.weight", {256, channels, 1, 1})
        .add("image_encoder.blocks.0.mlp.lin1.weight", {4 * channels, channels});
    for (int64_t i = 0; i < depth; ++i) {
        const int64_t side = global.contains(i) ? 64 : 14;
        shapes.add("image_encoder.blocks." + std::to_string(i) + ".attn.rel_pos_h",
                   {2 * side - 1, headChannels});
    }
    return shapes;
}

Shapes tinyVitShapes(int64_t patchKernel) {
    Shapes shapes = decoderShapes();
    shapes.add("image_encoder.patch_embed.seq.0.c.weight", {32, 3, patchKernel, patchKernel})
        .add("image_encoder.neck.0.weight", {256, 320, 1, 1});
    for (const char* block : {"0", "1"}) {
        shapes.add(std::string("image_encoder.layers.0.blocks.") + block + ".conv3.c.weight",
                   {64, 256, 1, 1});
    }
    const struct {
        int64_t channels, depth, heads, window;
    } layers[] = {{128, 2, 4, 7}, {160, 6, 5, 14}, {320, 2, 10, 7}};
    for (size_t i = 0; i < std::size(layers); ++i) {
        for (int64_t j = 0; j < layers[i].depth; ++j) {
            const std::string block =
                "image_encoder.layers." + std::to_string(i + 1) + ".blocks." + std::to_string(j) + ".attn.";
            shapes.add(block + "attention_biases", {layers[i].heads, layers[i].window * layers[i].window})
                .add(block + "norm.weight", {layers[i].channels});
        }
    }
    return shapes;
}

sam::SamDescription described(const Shapes& shapes, const std::string& file = "weights.pth") {
    const auto description = sam::describeNetwork(shapes.named, file);
    if (!description) throw std::runtime_error(describe(description.error()));
    return *description;
}

/// The tensors of a network under the names of SamModel, which has one of them twice.
NamedTensors huggingFaceState(const sam::Sam& network) {
    NamedTensors theirs;
    for (const auto& entry : stateOf(*network).tensors)
        theirs.tensors.insert(sam::huggingFaceName(entry.key()), entry.value());
    const torch::Tensor positions = theirs.tensors["shared_image_embedding.positional_embedding"];
    theirs.tensors.insert("prompt_encoder.shared_embedding.positional_embedding", positions);
    return theirs;
}

}  // namespace

TEST(DescribeNetwork, TellsLiteMedSamFromMobileSamByThePatches) {
    const sam::SamDescription lite = described(tinyVitShapes(1));
    EXPECT_EQ(lite.name, "LiteMedSAM");
    EXPECT_EQ(lite.encoder.inputSize, 256);
    EXPECT_EQ(lite.normalisation, sam::PixelNormalisation::UnitRange);
    ASSERT_EQ(lite.encoder.layers.size(), 4U);
    EXPECT_EQ(lite.encoder.layers[2].depth, 6);
    EXPECT_EQ(lite.encoder.layers[2].heads, 5);
    EXPECT_EQ(lite.encoder.layers[2].windowSize, 14);

    const sam::SamDescription mobile = described(tinyVitShapes(3));
    EXPECT_EQ(mobile.name, "MobileSAM");
    EXPECT_EQ(mobile.encoder.inputSize, 1024);
    EXPECT_EQ(mobile.normalisation, sam::PixelNormalisation::ImageNet);
}

TEST(DescribeNetwork, TellsTheSizesOfSam) {
    const sam::SamDescription base = described(vitShapes(768, 12, 64, {2, 5, 8, 11}));
    EXPECT_EQ(base.name, "SAM ViT-B");
    EXPECT_EQ(base.encoder.inputSize, 1024);
    EXPECT_EQ(base.encoder.heads, 12);
    EXPECT_EQ(base.encoder.windowSize, 14);
    EXPECT_EQ(base.encoder.globalBlocks, (std::vector<int64_t>{2, 5, 8, 11}));
    EXPECT_EQ(described(vitShapes(1024, 24, 64, {5, 11, 17, 23})).name, "SAM ViT-L");
    const sam::SamDescription huge = described(vitShapes(1280, 32, 80, {7, 15, 23, 31}));
    EXPECT_EQ(huge.name, "SAM ViT-H");
    EXPECT_EQ(huge.encoder.heads, 16);
}

TEST(DescribeNetwork, TellsMedSamByItsFileName) {
    const sam::SamDescription description =
        described(vitShapes(768, 12, 64, {2, 5, 8, 11}), "/models/MedSAM_vit_b.pth");
    EXPECT_EQ(description.name, "MedSAM");
    EXPECT_EQ(description.normalisation, sam::PixelNormalisation::UnitRange);
    const Shapes shapes = vitShapes(768, 12, 64, {2, 5, 8, 11});
    EXPECT_EQ(described(shapes, "/home/medsam/sam_vit_b.pth").name, "SAM ViT-B")
        << "a folder's name says nothing";
    for (const char* hub : {"/models/medsam-vit-base/model.safetensors", "medsam-vit-base/pytorch_model.bin",
                            "/cache/models--wanglab--medsam-vit-base/snapshots/0123abc/model.safetensors"})
        EXPECT_EQ(described(shapes, hub).name, "MedSAM") << "where all files are called alike it does";
    EXPECT_EQ(described(shapes, "/medsam/sam-vit-base/model.safetensors").name, "SAM ViT-B");
}

TEST(DescribeNetwork, APublishedFileIsKnownByItsHashWhateverItIsCalled) {
    sam::SamDescription description =
        described(vitShapes(768, 12, 64, {2, 5, 8, 11}), "/models/for_medsam.pth");
    sam::recognisePublished(description, std::string(64, '0'));
    EXPECT_EQ(description.name, "MedSAM") << "another file";
    sam::recognisePublished(description, sam::kPublishedSamVitB);
    EXPECT_EQ(description.name, "SAM ViT-B");
    EXPECT_EQ(description.normalisation, sam::PixelNormalisation::ImageNet);
}

TEST(DescribeNetwork, RefusesWhatIsNoneOfThem) {
    Shapes resNet;
    resNet.add("conv1.weight", {64, 3, 7, 7});
    Shapes noDecoder = vitShapes(768, 12, 64, {2});
    NamedTensors encoderOnly;
    for (const auto& entry : noDecoder.named.tensors) {
        if (entry.key().starts_with("image_encoder.")) encoderOnly.tensors.insert(entry.key(), entry.value());
    }
    const auto partial = sam::describeNetwork(encoderOnly, "weights.pth");
    ASSERT_FALSE(partial);
    EXPECT_EQ(partial.error().code, ErrorCode::CheckpointMismatch);
    EXPECT_NE(describe(partial.error()).find("mask_decoder.mask_tokens.weight"), std::string::npos);
    const Shapes oddHeads = vitShapes(768, 12, 50, {2});
    for (const NamedTensors* tensors :
         std::initializer_list<const NamedTensors*>{&resNet.named, &oddHeads.named}) {
        const auto description = sam::describeNetwork(*tensors, "weights.pth");
        ASSERT_FALSE(description);
        EXPECT_EQ(description.error().code, ErrorCode::CheckpointUnknownNetwork);
    }
}

TEST(KeyMap, IsOneToOneOnEveryTensorOfANetwork) {
    for (const sam::SamDescription& description : {smallVitDescription(), smallTinyVitDescription()}) {
        const sam::Sam network = frozenNetwork(description);
        std::set<std::string> theirs;
        for (const auto& entry : stateOf(*network).tensors) {
            const std::string name = sam::huggingFaceName(entry.key());
            EXPECT_EQ(sam::officialName(name), entry.key());
            EXPECT_TRUE(theirs.insert(name).second) << name;
        }
    }
}

TEST(KeyMap, SpellsNamesAsTheyArePublished) {
    EXPECT_EQ(sam::huggingFaceName("image_encoder.blocks.3.norm2.bias"),
              "vision_encoder.layers.3.layer_norm2.bias");
    EXPECT_EQ(sam::huggingFaceName("image_encoder.neck.3.weight"), "vision_encoder.neck.layer_norm2.weight");
    EXPECT_EQ(sam::huggingFaceName("mask_decoder.output_hypernetworks_mlps.1.layers.1.bias"),
              "mask_decoder.output_hypernetworks_mlps.1.layers.0.bias");
    EXPECT_EQ(sam::officialName("mask_decoder.iou_prediction_head.proj_out.weight"),
              "mask_decoder.iou_prediction_head.layers.2.weight");
    EXPECT_EQ(sam::officialName("vision_encoder.layers.0.attn.qkv.lora_A.weight"),
              "image_encoder.blocks.0.attn.qkv.lora_A.weight");
}

TEST(BuildSam, LoadsWhatItDescribesUnderEitherNames) {
    const sam::Sam network = frozenNetwork(smallVitDescription());
    NamedTensors theirs;
    for (const auto& entry : stateOf(*network).tensors) {
        theirs.tensors.insert(sam::huggingFaceName(entry.key()), entry.value());
    }
    const auto again = sam::buildSam(network->description, theirs, "weights");
    ASSERT_TRUE(again) << describe(again.error());
    const torch::NoGradGuard noGrad;
    const torch::Tensor image = randomImage(network);
    EXPECT_TRUE(torch::equal((*again)->image_encoder->forward(image).embedding,
                             network->image_encoder->forward(image).embedding));
    for (const torch::Tensor& parameter : (*again)->parameters()) EXPECT_FALSE(parameter.requires_grad());
}

TEST(BuildSam, TellsASmallMobileSamByItsTensorsAndMakesTheSameOfIt) {
    sam::SamDescription description = smallMobileSamDescription();
    description.encoder.inputSize = 1024;
    description.decoder.embeddingSize = 64;
    description.decoder.heads = 8;
    const sam::Sam network = frozenNetwork(description);
    const NamedTensors tensors = stateOf(*network);
    NamedTensors theirs;
    for (const auto& entry : tensors.tensors)
        theirs.tensors.insert(sam::huggingFaceName(entry.key()), entry.value());
    const auto ofTheirs = sam::describeNetwork(theirs, "model.safetensors");
    ASSERT_TRUE(ofTheirs) << describe(ofTheirs.error());
    EXPECT_EQ(ofTheirs->name, "MobileSAM");
    EXPECT_TRUE(sam::buildSam(*ofTheirs, theirs, "model.safetensors"));
    const auto told = sam::describeNetwork(tensors, "mobile_sam.pt");
    ASSERT_TRUE(told) << describe(told.error());
    EXPECT_EQ(told->name, "MobileSAM");
    EXPECT_EQ(told->encoder.inputSize, 1024);
    const auto again = sam::buildSam(*told, tensors, "mobile_sam.pt");
    ASSERT_TRUE(again) << describe(again.error());
    const torch::NoGradGuard noGrad;
    const torch::Tensor image = randomImage(network);
    const torch::Tensor embedding = network->image_encoder->forward(image).embedding;
    EXPECT_EQ(embedding.sizes(), (torch::IntArrayRef{1, 32, 64, 64}));
    EXPECT_TRUE(torch::equal((*again)->image_encoder->forward(image).embedding, embedding));
}

TEST(BuildSam, RefusesATensorTooFew) {
    const sam::Sam network = frozenNetwork(smallTinyVitDescription());
    NamedTensors tensors;
    for (const auto& entry : stateOf(*network).tensors) {
        if (entry.key() != "mask_decoder.iou_token.weight")
            tensors.tensors.insert(entry.key(), entry.value());
    }
    const auto again = sam::buildSam(network->description, tensors, "weights");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::CheckpointMismatch);
    EXPECT_THAT(describe(again.error()), ::testing::HasSubstr("mask_decoder.iou_token.weight"));
}

TEST(LoadSam, ReadsTheNetworkOfATrainingCheckpoint) {
    sam::SamDescription description = smallVitDescription();
    description.decoder.heads = 8;  // what all published networks have, and the tensors do not tell
    const sam::Sam network = frozenNetwork(description);
    NamedTensors wrapped;
    for (const auto& entry : stateOf(*network).tensors)
        wrapped.tensors.insert("model." + entry.key(), entry.value());
    const auto path = std::filesystem::path(::testing::TempDir()) / "finebrush_wrapped.safetensors";
    ASSERT_TRUE(writeSafetensors(path, wrapped));
    const auto loaded = sam::loadSam(path);
    std::filesystem::remove(path);
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_EQ((*loaded)->checkpointSha256.size(), 64U);
    const torch::NoGradGuard noGrad;
    const torch::Tensor embedding = torch::rand({1, 32, 8, 8});
    sam::Sam original = network, copy = *loaded;
    const sam::Prompts box{{}, {}, torch::tensor({{4.0F, 4.0F, 40.0F, 50.0F}}), {}};
    EXPECT_TRUE(torch::equal(copy->predict(embedding, box, true).logits,
                             original->predict(embedding, box, true).logits));
}

TEST(LoadSam, ReadsThePickleOfTheHubUnderItsNames) {
    sam::SamDescription description = smallVitDescription();
    description.decoder.heads = 8;
    const sam::Sam network = frozenNetwork(description);
    const TemporaryFolder folder;
    writeBytes(folder / "pytorch_model.bin", pthOf(huggingFaceState(network)));
    const auto loaded = sam::loadSam(folder / "pytorch_model.bin");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    const NamedTensors state = stateOf(**loaded);
    for (const auto& entry : stateOf(*network).tensors)
        EXPECT_THAT(state.tensors[entry.key()], IsBitEqualTo(entry.value())) << entry.key();
    EXPECT_EQ((*loaded)->description.decoder.normEpsilon, 1e-6) << "as SamModel computes";
    const torch::NoGradGuard noGrad;
    const torch::Tensor image = randomImage(network);
    EXPECT_TRUE(torch::equal((*loaded)->image_encoder->forward(image).embedding,
                             network->image_encoder->forward(image).embedding));
}

TEST(LoadSam, ReadsAWholeNetworkInHalfAndBfloat16) {
    sam::SamDescription description = smallVitDescription();
    description.decoder.heads = 8;
    const sam::Sam network = frozenNetwork(description);
    const torch::NoGradGuard noGrad;
    const torch::Tensor image = randomImage(network);
    const torch::Tensor embedding = network->image_encoder->forward(image).embedding;
    const TemporaryFolder folder;
    for (const auto& [type, epsilon] :
         {std::pair{torch::kHalf, 0x1p-10}, std::pair{torch::kBFloat16, 0x1p-7}}) {
        NamedTensors official, theirs;
        for (const auto& entry : stateOf(*network).tensors)
            official.tensors.insert(entry.key(), entry.value().to(type));
        for (const auto& entry : huggingFaceState(network).tensors)
            theirs.tensors.insert(entry.key(), entry.value().to(type));
        ASSERT_TRUE(writeSafetensors(folder / "sam.safetensors", official));
        writeBytes(folder / "sam.pth", pthOf(official));
        writeBytes(folder / "pytorch_model.bin", pthOf(theirs));
        for (const char* file : {"sam.safetensors", "sam.pth", "pytorch_model.bin"}) {
            const auto loaded = sam::loadSam(folder / file);
            ASSERT_TRUE(loaded) << file << ": " << describe(loaded.error());
            const NamedTensors state = stateOf(**loaded);
            for (const auto& entry : official.tensors) {
                EXPECT_THAT(state.tensors[entry.key()], IsBitEqualTo(entry.value().to(torch::kFloat)))
                    << file << ": " << entry.key();
            }
            EXPECT_THAT((*loaded)->image_encoder->forward(image).embedding,
                        IsCloseTo(embedding, 16 * epsilon))
                << file;
        }
    }
}

TEST(LoadSam, PassesOverTheClassifierOfMobileSamAndRefusesWhatIsNoNumber) {
    sam::SamDescription description = smallVitDescription();
    description.decoder.heads = 8;
    const sam::Sam network = frozenNetwork(description);
    const auto loads = [&](const std::string& name, const torch::Tensor& tensor) {
        NamedTensors tensors;
        for (const auto& entry : stateOf(*network).tensors) {
            if (entry.key() != name) tensors.tensors.insert(entry.key(), entry.value());
        }
        tensors.tensors.insert(name, tensor);
        const auto path = std::filesystem::path(::testing::TempDir()) / "finebrush_more.safetensors";
        EXPECT_TRUE(writeSafetensors(path, tensors));
        const auto loaded = sam::loadSam(path);
        std::filesystem::remove(path);
        return loaded ? std::string() : describe(loaded.error());
    };
    EXPECT_EQ(loads("image_encoder.head.weight", torch::zeros({10, 4})), "");
    EXPECT_THAT(loads("image_encoder.tail.weight", torch::zeros({10, 4})), ::testing::HasSubstr("tail"));
    const std::string bias = "mask_decoder.iou_token.weight";
    torch::Tensor broken = stateOf(*network).tensors[bias].clone();
    broken.view(-1)[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THAT(loads(bias, broken), ::testing::HasSubstr(bias));
}

TEST(LoadSam, TakesNoMemoryForWhatTheFileCannotHold) {
    sam::SamDescription description = smallVitDescription();
    description.decoder.heads = 8;
    const NamedTensors state = stateOf(*frozenNetwork(description));
    const auto problemWith = [&state](const std::string& name, const torch::Tensor& tensor) {
        NamedTensors tensors;
        for (const auto& entry : state.tensors)
            tensors.tensors.insert(entry.key(), entry.key() == name ? tensor : entry.value());
        const TemporaryFolder folder;
        EXPECT_TRUE(writeSafetensors(folder / "hostile.safetensors", tensors));
        const auto loaded = sam::loadSam(folder / "hostile.safetensors");
        return loaded ? std::string() : describe(loaded.error());
    };
    const std::string mlp = "image_encoder.blocks.0.mlp.lin1.weight";
    EXPECT_THAT(problemWith(mlp, torch::zeros({1'000'000'000, 0})), ::testing::HasSubstr("empty (" + mlp));
    EXPECT_THAT(problemWith(mlp, torch::zeros({1'000'000, 1})), ::testing::HasSubstr("of these shapes"));
    EXPECT_THAT(problemWith("image_encoder.pos_embed", torch::zeros({1, 600, 1, 24})),
                ::testing::HasSubstr("no known network"));
    EXPECT_THAT(problemWith("mask_decoder.mask_tokens.weight", torch::zeros({100'000, 32})),
                ::testing::HasSubstr("no known network"));
}

TEST(NetworkSize, IsAlmostToldByTheDescription) {
    sam::SamDescription tiny = smallTinyVitDescription();
    tiny.encoder.layers = {{64, 2, 0, 0}, {128, 2, 4, 7}, {160, 3, 5, 14}, {320, 1, 10, 7}};
    tiny.encoder.outputChannels = tiny.decoder.channels = tiny.decoder.iouHeadChannels = 256;
    tiny.decoder.mlpChannels = 2048;
    sam::SamDescription vit = smallVitDescription();
    vit.encoder.channels = 384;
    vit.encoder.mlpChannels = 1536;
    vit.encoder.outputChannels = vit.decoder.channels = vit.decoder.iouHeadChannels = 256;
    vit.decoder.mlpChannels = 1024;
    for (const sam::SamDescription& description : {tiny, vit}) {
        const auto values = static_cast<double>(elementCount(stateOf(*sam::Sam(description))));
        EXPECT_LE(sam::weightCount(description), values) << description.name;
        EXPECT_GT(sam::weightCount(description), 0.95 * values) << description.name;
    }
    EXPECT_EQ(sam::tableCount(tiny), 64 * 256 + 2 * 2401 + 3 * 38416 + 2401);
}

TEST(Sam, PreparesPixelsAsTheNetworkWasTrained) {
    sam::SamDescription description = smallTinyVitDescription();
    const torch::Tensor image = torch::rand({1, 3, 20, 30});
    const torch::Tensor unit = frozenNetwork(description)->preprocess(image);
    EXPECT_EQ(unit.sizes(), (torch::IntArrayRef{1, 3, 32, 32}));
    EXPECT_TRUE(torch::equal(unit.slice(2, 0, 20).slice(3, 0, 30), image));
    EXPECT_EQ(unit.slice(2, 20).abs().sum().item<float>(), 0);
    description.normalisation = sam::PixelNormalisation::ImageNet;
    const torch::Tensor imageNet = frozenNetwork(description)->preprocess(image);
    EXPECT_NEAR(imageNet[0][1][3][4].item<double>(),
                (image[0][1][3][4].item<double>() * 255 - 116.28) / 57.12, 1e-4);
    EXPECT_EQ(imageNet.slice(3, 30).abs().sum().item<float>(), 0) << "padding is zero after normalising";
}

TEST(Sam, BringsMasksBackToTheImageWithoutThePadding) {
    const sam::Sam network = frozenNetwork(smallTinyVitDescription());
    torch::Tensor logits = torch::full({1, 1, 32, 32}, -1.0);
    logits.slice(2, 0, 16).slice(3, 0, 32).fill_(1.0);  // the upper half of the input is the whole image
    const torch::Tensor mask = network->postprocessMasks(logits, 16, 32, 50, 100);
    EXPECT_EQ(mask.sizes(), (torch::IntArrayRef{1, 1, 50, 100}));
    EXPECT_GT(mask.min().item<float>(), 0);
}

}  // namespace finebrush::testing
