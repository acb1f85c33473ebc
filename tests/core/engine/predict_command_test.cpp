#include "core/engine/command_line/predict_command.h"

#include "core/base/files.h"
#include "core/engine/adapter_folder.h"
#include "core/image/display/display_mapping.h"
#include "core/image/image_reader.h"
#include "core/image/raster/png_writer.h"
#include "core/image/raster/raster_reader.h"
#include "core/project/taught_display.h"
#include "tests/core/engine/painted_disc.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>
#include <sstream>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;
using ::testing::UnorderedElementsAre;

/// An adapter's preview of a painted disc, made once for all tests.
class PredictFiles : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        made = std::make_unique<TemporaryFolder>();
        std::ostringstream ignored;
        const auto done = adaptFromFiles(testing::paintedDisc(made->path()), ignored);
        ASSERT_TRUE(done) << describe(done.error());
    }
    static void TearDownTestSuite() { made.reset(); }

    void SetUp() override {
        options.adapter = *made / "adapter";
        options.out = folder / "out";
        options.model = testing::smallModel();
        options.threads = 2;
        options.quick = true;
    }
    std::vector<std::string> written() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(options.out))
            names.push_back(entry.path().filename());
        return names;
    }

    static inline std::unique_ptr<TemporaryFolder> made;
    TemporaryFolder folder;
    PredictOptions options;
    std::ostringstream out;
};

TEST_F(PredictFiles, AVolumeGivesALabelVolumeOfAllItsSlices) {
    testing::writeNifti(folder / "scan.nii.gz", {24, 20, 3});
    options.images = {folder / "scan.nii.gz"};
    options.overlays = true;
    const auto done = predictFiles(options, out);
    ASSERT_TRUE(done) << describe(done.error());
    EXPECT_THAT(written(), UnorderedElementsAre("scan_labels.nii.gz", "scan_axial000_overlay.png",
                                                "scan_axial001_overlay.png", "scan_axial002_overlay.png"));
    options.overlays = false;
    for (int index = 0; index < 3; ++index) {
        const SliceAddress slice{SliceView::Axial, index, 0};
        options.images = {folder / ("scan.nii.gz#axial:" + std::to_string(index))};
        ASSERT_TRUE(predictFiles(options, out));
        const auto alone =
            readIndexMask(options.out / pathFromUtf8(stemOf({folder / "scan.nii.gz", slice}) + ".png"));
        const auto together = readImage({options.out / "scan_labels.nii.gz", slice});
        ASSERT_TRUE(alone && together);
        EXPECT_EQ(alone->values, together->pixels.bytes) << index;
    }
}

TEST_F(PredictFiles, WhereNothingWasMeasuredThereIsNoClass) {
    PixelBuffer pixels{{40, 30}, 1, PixelType::Float32, {}, {}};
    std::vector<float> values(1200);
    for (size_t i = 0; i < values.size(); ++i) values[i] = i % 40 < 10 ? -9999.f : float(i % 7);
    pixels.bytes.resize(values.size() * sizeof(float));
    std::memcpy(pixels.bytes.data(), values.data(), pixels.bytes.size());
    testing::writeImage(folder / "map.tif", "GTiff", pixels, {},
                        [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-9999); });
    options.images = {folder / "map.tif"};
    ASSERT_TRUE(predictFiles(options, out));
    const auto mask = readIndexMask(options.out / "map.png");
    ASSERT_TRUE(mask);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 40; ++x) ASSERT_EQ(mask->at(x, y) == kUnlabelled, x < 10) << x << ' ' << y;
    }
}

/// An adapter that was taught on what is displayed.
class PredictDisplayed : public PredictFiles {
  protected:
    static void SetUpTestSuite() {
        made = std::make_unique<TemporaryFolder>();
        AdaptOptions adapt = testing::paintedDisc(made->path());
        adapt.settings.inputRange = "displayed";
        std::ostringstream ignored;
        const auto done = adaptFromFiles(adapt, ignored);
        ASSERT_TRUE(done) << describe(done.error());
    }

    /// The disc in deep pixels, beside so much glare that it is dark as such pictures are shown at first.
    static PixelBuffer deepDisc() {
        PixelBuffer deep{testing::kDiscPicture, 3, PixelType::UInt16, {}, {}};
        std::vector<uint16_t> values;
        for (const uint8_t grey : testing::discPicture().bytes)
            values.push_back(static_cast<uint16_t>(kMapping.low + 10 * grey));
        std::fill_n(values.begin(), deep.size.width * 6, uint16_t{60000});
        deep.bytes.resize(values.size() * sizeof(uint16_t));
        std::memcpy(deep.bytes.data(), values.data(), deep.bytes.size());
        return deep;
    }
    /// The mask of a picture, and what is said of it.
    IndexMask predicted(const std::string& name, const std::string& ending) {
        options.images = {folder / (name + ending)};
        ::testing::internal::CaptureStdout();  // where the log of a test goes
        const auto done = predictFiles(options, out);
        said = ::testing::internal::GetCapturedStdout();
        EXPECT_TRUE(done) << describe(done.error());
        return readIndexMask(options.out / (name + ".png")).value();
    }
    /// Predicts with a copy of the adapter that keeps how its images were shown.
    void note(const TaughtDisplay& taught) {
        auto files = readAdapterFolder(*made / "adapter");
        ASSERT_TRUE(files);
        noteTaughtDisplay(*files, taught);
        ASSERT_TRUE(writeAdapterFolder(folder / "adapter", *files));
        options.adapter = folder / "adapter";
    }

    static constexpr DisplayMapping kMapping{1000, 3550};
    std::string said;
};

TEST_F(PredictDisplayed, ImagesAreSeenAsThoseWereShownThatItWasTaughtOn) {
    const PixelBuffer deep = deepDisc();
    testing::writeImage(folder / "deep.tif", "GTiff", deep);
    const PixelBuffer shown = toDisplayedPixels(deep, kMapping);
    ASSERT_TRUE(writeFileAtomically(folder / "shown.png", *encodePng(shown.size, 3, shown.bytes)));

    EXPECT_EQ(taughtDisplayOf(*readAdapterFolder(options.adapter)).kind, TaughtDisplay::Kind::Usual);
    const IndexMask usual = predicted("deep", ".tif");
    EXPECT_THAT(said, ::testing::Not(HasSubstr("shown")));

    note({TaughtDisplay::Kind::Alike, kMapping, false});
    const IndexMask alike = predicted("deep", ".tif");
    EXPECT_THAT(said, ::testing::Not(HasSubstr("shown")));
    EXPECT_NE(alike, usual);
    EXPECT_EQ(predicted("shown", ".png"), alike);
    EXPECT_THAT(said, HasSubstr("does not suit")) << "a mapping of deep pixels makes nothing of bytes";
}

TEST_F(PredictDisplayed, WarnsWhereTheAdapterCannotTell) {
    testing::writeImage(folder / "deep.tif", "GTiff", deepDisc());
    note({TaughtDisplay::Kind::Different});
    const IndexMask different = predicted("deep", ".tif");
    EXPECT_THAT(said, HasSubstr("in several ways"));
    note({TaughtDisplay::Kind::Usual});
    EXPECT_EQ(predicted("deep", ".tif"), different);
}

TEST_F(PredictFiles, OneImageThatCannotBeReadCostsNoOtherItsMask) {
    ASSERT_TRUE(writeFileAtomically(folder / "a.png", "no image"));
    options.images = {folder / "a.png", *made / "disc.png"};
    const auto done = predictFiles(options, out);
    ASSERT_FALSE(done);
    EXPECT_THAT(describe(done.error()), HasSubstr("a.png"));
    EXPECT_THAT(written(), UnorderedElementsAre("disc.png"));
    EXPECT_THAT(out.str(), HasSubstr("1 masks"));
}

}  // namespace
}  // namespace finebrush
