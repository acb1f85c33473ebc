#include "core/engine/large_prediction.h"

#include "core/exporters/overlay_exporter.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/raster/sample_halving.h"
#include "core/inference/network_input.h"
#include "tests/core/exporters/map_fixtures.h"
#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;
using testing::twoClasses;
using ::testing::UnorderedElementsAre;

constexpr PixelSize kSize{1100, 700};

/// Takes what is bright for class 5.
class BrightModel : public SegmentationModel {
  public:
    const std::vector<messages::ClassInfo>& classes() const override { return classes_; }
    const InputRange& inputRange() const override { return range_; }
    void setInputRange(const InputRange& range) override { range_ = range; }
    torch::Tensor probabilities(const PixelBuffer& pixels, Care, WorkMonitor&) override {
        const torch::Tensor grey = torch::tensor(at::ArrayRef<uint8_t>(pixels.bytes)).to(torch::kFloat32);
        const torch::Tensor bright =
            grey.view({pixels.size.height, pixels.size.width, pixels.bands}).select(2, 0).div(255);
        return torch::stack({1 - bright, bright});
    }
    messages::AdapterFiles toFiles() const override { return {}; }

  private:
    InputRange range_;
    std::vector<messages::ClassInfo> classes_ = {{"a", "background", "#000000", 0},
                                                 {"b", "cell", "#ffffff", 5}};
};

/// The same of what a network gets, by the automatic range.
class ScalingModel : public BrightModel {
  public:
    torch::Tensor probabilities(const PixelBuffer& pixels, Care, WorkMonitor&) override {
        const InputRange range = appliedRange(inputRange(), pixels);
        const torch::Tensor bright = networkInput(scaledColours(pixels, range), pixels.size, range)[0];
        return torch::stack({1 - bright, bright});
    }
};

class StopAfter : public WorkMonitor {
  public:
    explicit StopAfter(int questions) : left_(questions) {}
    void progressed(messages::Stage, double) override {}
    bool shouldStop() override { return left_-- <= 0; }

  private:
    int left_;
};

/// An image of less than a megapixel is large here.
class LargePredictionTest : public ::testing::Test {
  protected:
    LargePredictionTest() {
        testing::writeMap(folder / "map.tif", kSize);
        raster = LargeRaster::open(folder / "map.tif", memory).value();
        pixels = readRaster(folder / "map.tif").value();
    }
    Result<bool> predict(int level, WorkMonitor& monitor, const LargePrediction& files) {
        return predictLarge(model, *raster, level, layout, Care::Quick, files, twoClasses(),
                            {folder / "map.tif"}, monitor, [](const char*, double) {});
    }
    /// What the model says of each pixel of a level, in the size of the image.
    IndexMask expected(int level) const {
        PixelBuffer coarse = pixels;
        for (int i = 0; i < level; ++i) coarse = halved(coarse);
        IndexMask mask{kSize, {}};
        for (int y = 0; y < kSize.height; ++y) {
            for (int x = 0; x < kSize.width; ++x) {
                const size_t place =
                    static_cast<size_t>(y >> level) * coarse.size.width + static_cast<size_t>(x >> level);
                mask.values.push_back(coarse.bytes[place] > 127 ? 5 : 0);
            }
        }
        return mask;
    }

    TemporaryFolder folder, cache;
    ImageMemory memory{.wholeBytes = 100000, .overviewSide = 128, .pyramidFolder = cache / "pyramids"};
    WindowLayout layout{.side = 256, .overlap = 48, .blend = 16};
    std::shared_ptr<LargeRaster> raster;
    PixelBuffer pixels;
    BrightModel model;
    SilentMonitor silent;
};

TEST_F(LargePredictionTest, WritesAGeoTiffOnTheGridOfTheImage) {
    ASSERT_TRUE(raster);
    model.setInputRange({InputRange::Kind::Bytes});
    const auto done = predict(0, silent, {folder / "mask.tif", folder / "sure.tif", {}, 0});
    ASSERT_TRUE(done && *done) << (done ? "" : describe(done.error()));
    EXPECT_EQ(readIndexMask(folder / "mask.tif").value(), expected(0));
    const PixelBuffer confidence = readRaster(folder / "sure.tif").value();
    EXPECT_EQ(confidence.bands, 1);
    for (size_t i = 0; i < confidence.bytes.size(); ++i)
        ASSERT_NEAR(confidence.bytes[i], std::max<int>(pixels.bytes[i], 255 - pixels.bytes[i]), 1) << i;
    std::array<double, 6> transform{};
    ASSERT_EQ((*openImageFile(folder / "mask.tif"))->GetGeoTransform(transform.data()), CE_None);
    EXPECT_EQ(transform, testing::kMapTransform);
    EXPECT_FALSE(raster->hasPyramid()) << "none is needed";
}

TEST_F(LargePredictionTest, EvenWaterIsPredictedByTheValuesOfTheWholeImageWhereverAWindowLies) {
    PixelBuffer water{kSize, 1, PixelType::UInt16, {}, {}};
    for (int y = 0; y < kSize.height; ++y) {
        for (int x = 0; x < kSize.width; ++x) {
            const int value = x < 1000 ? 500 + (x * 7 + y * 3) % 4 : y < kSize.height / 2 ? 0 : 5000;
            water.bytes.insert(water.bytes.end(),
                               {static_cast<uint8_t>(value & 255), static_cast<uint8_t>(value >> 8)});
        }
    }
    testing::writeImage(folder / "water.tif", "GTiff", water,
                        {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"});
    raster = LargeRaster::open(folder / "water.tif", memory).value();
    ASSERT_TRUE(raster);
    ScalingModel scaling;
    for (const int side : {256, 400}) {
        layout.side = side;
        const auto done =
            predictLarge(scaling, *raster, 0, layout, Care::Quick, {folder / "mask.tif", {}, {}, 0},
                         twoClasses(), {folder / "water.tif"}, silent, [](const char*, double) {});
        ASSERT_TRUE(done && *done) << (done ? "" : describe(done.error()));
        const IndexMask mask = readIndexMask(folder / "mask.tif").value();
        EXPECT_EQ(mask.at(1050, kSize.height - 1), 5);
        for (int y = 0; y < kSize.height; ++y) {
            for (int x = 0; x < 1000; ++x) ASSERT_EQ(mask.at(x, y), 0) << x << ", " << y;
        }
    }
}

TEST_F(LargePredictionTest, ACoarseLevelMakesItsOverviewsAndFillsTheBlocksOfItsPixels) {
    const auto done = predict(3, silent, {folder / "mask.tif", {}, folder / "map_overlay.png", 0.5});
    ASSERT_TRUE(done && *done) << (done ? "" : describe(done.error()));
    EXPECT_TRUE(raster->hasPyramid());
    EXPECT_EQ(readIndexMask(folder / "mask.tif").value(), expected(3));
    EXPECT_EQ(readRaster(folder / "map_overlay.png").value().size,
              sizeOfLevel(kSize, raster->overviewLevel()));
    EXPECT_EQ(predict(9, silent, {folder / "mask.tif", {}, {}, 0}).error().code, ErrorCode::OptionInvalid);
}

TEST_F(LargePredictionTest, WhatIsStoppedOrFailsLeavesNothing) {
    StopAfter monitor(9);
    const auto stopped = predict(0, monitor, {folder / "mask.tif", folder / "sure.tif", {}, 0});
    ASSERT_TRUE(stopped);
    EXPECT_FALSE(*stopped);
    EXPECT_THAT(folder.names(), ElementsAre("map.tif"));

    EXPECT_EQ(predict(0, silent, {folder / "map.tif", {}, {}, 0}).error().code, ErrorCode::ExportOverInput);
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "map.tif");
    bytes.resize(bytes.size() / 2);
    testing::writeBytes(folder / "map.tif", bytes);
    raster = LargeRaster::open(folder / "map.tif", memory).value();
    EXPECT_EQ(predict(0, silent, {folder / "mask.tif", {}, {}, 0}).error().code, ErrorCode::ImageDamaged);
    EXPECT_THAT(folder.names(), ElementsAre("map.tif"));
}

}  // namespace
}  // namespace finebrush
