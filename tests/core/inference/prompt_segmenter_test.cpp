#include "core/inference/prompt_segmenter.h"

#include "core/checkpoint/checkpoint_file.h"
#include "core/image/raster/raster_reader.h"
#include "core/sam/build_sam.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/sam/network_fixtures.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace finebrush {
namespace {

using testing::frozenNetwork;
using testing::IsCloseTo;
using testing::smallTinyVitDescription;

PixelBuffer noise(PixelSize size) {
    return testing::randomPixels(size, 3, PixelType::UInt8);
}

/// The mask in the frame of a rectangle: [H, W] bool.
torch::Tensor inFrame(const PromptedMask& mask, const RectInImage& rect) {
    torch::Tensor whole = torch::zeros({rect.height, rect.width}, torch::kUInt8);
    for (int y = 0; y < mask.bounds.height; ++y) {
        for (int x = 0; x < mask.bounds.width; ++x) {
            whole[mask.bounds.y - rect.y + y][mask.bounds.x - rect.x + x] =
                mask.mask[static_cast<size_t>(y) * mask.bounds.width + x];
        }
    }
    return whole > 0;
}

double agreement(const torch::Tensor& one, const torch::Tensor& other) {
    return (one == other).to(torch::kFloat64).mean().item<double>();
}

TEST(PromptSegmenter, HeedsTheMaskOfAnEarlierRoundAndTheSizeThatItLooksAt) {
    const sam::Sam network = frozenNetwork(smallTinyVitDescription());  // input 32
    PromptSegmenter segmenter(network), coarse(network, 16);
    const PixelBuffer picture = noise({96, 64});
    const PromptView view{{0, 0, 96, 64}, segmenter.inputSizeOf({96, 64}), segmenter.embed(picture)};
    const torch::Tensor looked = coarse.embed(picture);
    EXPECT_EQ(looked.sizes(), view.embedding.sizes());
    EXPECT_FALSE(torch::allclose(looked, view.embedding));
    const messages::PromptBox box{10, 10, 50, 50};
    IndexMask mask{{96, 64}, std::vector<uint8_t>(96 * 64)};
    const auto without = segmenter.masks(view, {}, box);
    const auto outside = segmenter.masks(view, {}, box, mask);
    std::fill(mask.values.begin(), mask.values.end(), uint8_t{1});
    const auto inside = segmenter.masks(view, {}, box, mask);
    EXPECT_NE(without[0].iou, outside[0].iou);
    EXPECT_NE(inside[0].iou, outside[0].iou);
}

TEST(PromptSegmenter, ItsKeyTellsHowPixelsAreNormalisedAndTheSizeThatItLooksAt) {
    const sam::Sam network = frozenNetwork(smallTinyVitDescription());
    sam::SamDescription other = network->description;
    other.normalisation = sam::PixelNormalisation::ImageNet;
    const std::string key = PromptSegmenter(network).modelKey();
    EXPECT_EQ(PromptSegmenter(frozenNetwork(network->description)).modelKey(), key);
    EXPECT_NE(PromptSegmenter(frozenNetwork(other)).modelKey(), key);
    EXPECT_NE(PromptSegmenter(network, 16).modelKey(), key);
}

TEST(PromptSegmenter, MakesWhatTheNetworkMakesOfThePromptsInItsFrame) {
    const sam::Sam network = frozenNetwork(smallTinyVitDescription());  // input 32
    PromptSegmenter segmenter(network);
    const RectInImage rect{100, 50, 96, 64};
    const PixelSize input = segmenter.inputSizeOf({rect.width, rect.height});
    EXPECT_EQ(input, (PixelSize{32, 21}));
    const PromptView view{rect, input, segmenter.embed(noise({96, 64}))};
    EXPECT_EQ(view.embedding.sizes(), torch::IntArrayRef(segmenter.embeddingShape()));

    const auto masks =
        segmenter.masks(view, {{130, 66, true}, {160, 90, false}}, messages::PromptBox{110, 60, 170, 100});
    ASSERT_EQ(masks.size(), 4u);
    const double scaleY = 21.0 / 64;
    sam::Prompts prompts;
    prompts.points =
        torch::tensor({30.0 / 3 - 0.5, 16 * scaleY - 0.5, 60.0 / 3 - 0.5, 40 * scaleY - 0.5}, torch::kFloat32)
            .view({1, 2, 2});
    prompts.pointLabels = torch::tensor({1.0f, 0.0f}).view({1, 2});
    prompts.boxes =
        torch::tensor({10.0 / 3 - 0.5, 10 * scaleY - 0.5, 70.0 / 3 - 0.5, 50 * scaleY - 0.5}, torch::kFloat32)
            .view({1, 4});
    sam::Sam same = network;
    const sam::PromptedMasks single = same->predict(view.embedding, prompts, false);
    const sam::PromptedMasks multi = same->predict(view.embedding, prompts, true);
    EXPECT_NEAR(masks[0].iou, single.iou.item<double>(), 1e-5);
    for (int level = 0; level < 4; ++level) {
        const torch::Tensor logits = level == 0 ? single.logits : multi.logits.slice(1, level - 1, level);
        const torch::Tensor expected = same->postprocessMasks(logits, 21, 32, 64, 96)[0][0] > 0;
        EXPECT_EQ(masks[static_cast<size_t>(level)].level, level);
        EXPECT_GT(agreement(inFrame(masks[static_cast<size_t>(level)], rect), expected), 0.999) << level;
    }
}

/// 64 × 48 values from 100 to 150.
PixelBuffer paleBytes() {
    PixelBuffer picture = noise({64, 48});
    for (uint8_t& value : picture.bytes) value = static_cast<uint8_t>(100 + value % 51);
    picture.bytes.front() = 100;
    picture.bytes.back() = 150;
    return picture;
}

torch::Tensor embeddingOf(const sam::Sam& network, const torch::Tensor& normalised) {
    return network->image_encoder->forward(torch::constant_pad_nd(normalised, {0, 0, 0, 16})).embedding;
}

TEST(PromptSegmenter, GivesSamEightBitColoursAsSegmentAnythingDoes) {
    const torch::NoGradGuard noGrad;
    sam::SamDescription description = testing::smallVitDescription();  // input 64
    description.normalisation = sam::PixelNormalisation::ImageNet;
    const sam::Sam network = frozenNetwork(description);
    PixelBuffer picture = paleBytes();
    const torch::Tensor colours = torch::from_blob(picture.bytes.data(), {1, 48, 64, 3}, torch::kUInt8)
                                      .permute({0, 3, 1, 2})
                                      .to(torch::kFloat32);
    const torch::Tensor mean = torch::tensor({123.675f, 116.28f, 103.53f}).view({1, 3, 1, 1});
    const torch::Tensor deviation = torch::tensor({58.395f, 57.12f, 57.375f}).view({1, 3, 1, 1});
    EXPECT_THAT(PromptSegmenter(network).embed(picture),
                IsCloseTo(embeddingOf(network, (colours - mean) / deviation), 1e-4));
}

TEST(PromptSegmenter, StretchesEightBitColoursForMedSam) {
    const torch::NoGradGuard noGrad;
    const sam::Sam network = frozenNetwork(testing::smallVitDescription());
    PixelBuffer picture = paleBytes();
    const torch::Tensor colours = torch::from_blob(picture.bytes.data(), {1, 48, 64, 3}, torch::kUInt8)
                                      .permute({0, 3, 1, 2})
                                      .to(torch::kFloat32);
    EXPECT_THAT(PromptSegmenter(network).embed(picture),
                IsCloseTo(embeddingOf(network, (colours - 100) / 50), 1e-4));
}

TEST(PromptSegmenter, TheMaskOfAHugePartIsStretchedToItsPixels) {
    PromptSegmenter segmenter(frozenNetwork(smallTinyVitDescription()));
    const torch::Tensor embedding = segmenter.embed(noise({64, 64}));
    const PromptView small{{0, 0, 2048, 2048}, {32, 32}, embedding};
    const PromptView huge{{0, 0, 5000, 5000}, {32, 32}, embedding};
    const double scale = 5000.0 / 2048;
    const auto fine = segmenter.masks(small, {{600, 700, true}}, {});
    const auto coarse = segmenter.masks(huge, {{600 * scale, 700 * scale, true}}, {});
    const auto inside = [](const PromptedMask& mask) {
        return double(std::count(mask.mask.begin(), mask.mask.end(), uint8_t{255}));
    };
    for (size_t level = 0; level < 4; ++level) {
        EXPECT_NEAR(inside(coarse[level]), inside(fine[level]) * scale * scale, inside(fine[level]) * 0.05);
        EXPECT_NEAR(coarse[level].bounds.x, fine[level].bounds.x * scale, 3);
        EXPECT_EQ(coarse[level].mask.size(), static_cast<size_t>(coarse[level].bounds.area()));
    }
}

TEST(PromptSegmenter, OneClickMeansTheBestOfThreeAndMoreMeanTheSingleMask) {
    std::vector<PromptedMask> masks(4);
    for (int level = 0; level < 4; ++level) masks[static_cast<size_t>(level)].level = level;
    masks[0].iou = 0.99;
    masks[2].iou = 0.8;
    masks[3].iou = 0.7;
    EXPECT_EQ(usualLevel(masks, 1, false), 2);
    EXPECT_EQ(usualLevel(masks, 2, false), 0);
    EXPECT_EQ(usualLevel(masks, 0, true), 0);
    EXPECT_EQ(usualLevel(masks, 1, true), 0);
}

/// The real network on the real image of the reference, against what Python made of it.
class PromptSegmenterReference : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto file = testing::referenceFolder() / "golden/litemedsam.safetensors";
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "THE REFERENCE IS NOT HERE: " << file;
        if (!std::filesystem::exists(testing::liteMedSamFile())) GTEST_SKIP() << "NO CHECKPOINT";
        golden = *readCheckpoint(file);
        network = *sam::loadSam(testing::liteMedSamFile());
    }
    torch::Tensor of(const std::string& name) { return golden.tensors[name]; }

    NamedTensors golden;
    sam::Sam network{nullptr};
};

TEST_F(PromptSegmenterReference, TheMasksOfBoxesAndPointsAreThoseOfPython) {
    PromptSegmenter segmenter(network);
    const RectInImage rect{0, 0, 256, 256};
    const PromptView view{rect, {256, 256}, of("image_embedding")};
    const auto compare = [&](const PromptedMask& mask, const torch::Tensor& logits, double iou) {
        EXPECT_NEAR(mask.iou, iou, 1e-3);
        EXPECT_GT(agreement(inFrame(mask, rect), logits > 0), 0.9999);
        EXPECT_GT((logits > 0).sum().item<int64_t>(), 100);
    };
    for (int64_t box = 0; box < 2; ++box) {
        const auto side = [&](int64_t i) { return of("boxes")[box][i].item<double>() + 0.5; };
        const auto masks = segmenter.masks(view, {}, messages::PromptBox{side(0), side(1), side(2), side(3)});
        const std::string name = "box" + std::to_string(box) + ".multi.";
        for (int64_t level = 1; level <= 3; ++level) {
            compare(masks[static_cast<size_t>(level)], of(name + "masks")[0][level - 1],
                    of(name + "iou")[0][level - 1].item<double>());
        }
    }
    std::vector<messages::PromptPoint> points;
    for (int64_t i = 0; i < of("points.labels").size(1); ++i) {
        points.push_back({of("points.coords")[0][i][0].item<double>() + 0.5,
                          of("points.coords")[0][i][1].item<double>() + 0.5,
                          of("points.labels")[0][i].item<double>() == 1});
    }
    compare(segmenter.masks(view, points, {})[0], of("points.single.masks")[0][0],
            of("points.single.iou").item<double>());
}

TEST_F(PromptSegmenterReference, TheEmbeddingOfTheImageIsThatOfPython) {
    const auto data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL IMAGES: there is no ../shared/data beside this checkout";
    const auto pixels = readRaster(data / "polyp_kvasir/images/11.png");
    ASSERT_TRUE(pixels.has_value());
    // Python rounds the colours to whole numbers after resizing.
    const torch::Tensor difference = PromptSegmenter(network).embed(*pixels) - of("image_embedding");
    EXPECT_LT(difference.abs().mean().item<double>(), 5e-3);
    EXPECT_LT(difference.abs().max().item<double>(), 5e-2);
}

}  // namespace
}  // namespace finebrush
