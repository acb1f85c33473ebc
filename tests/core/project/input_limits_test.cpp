#include "core/project/input_limits.h"

#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

#include <cstring>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<ValueRange> measured(const PixelBuffer& pixels, const char* range) {
    return measuredLimits(pixels, inputRangeFromText(range).value());
}

/// Band 0 holds 1, 2 ... 101, band 1 ten times that, bands 2 and 3 hold 7; the first pixel is hidden, and the
/// last is nodata.
PixelBuffer fourBands() {
    PixelBuffer pixels{{103, 1}, 4, PixelType::UInt16, {}, 0.0};
    std::vector<uint16_t> samples = {60000, 60000, 60000, 60000};
    for (int i = 0; i < 101; ++i) {
        const auto value = static_cast<uint16_t>(i * 37 % 101 + 1);
        samples.insert(samples.end(), {value, static_cast<uint16_t>(value * 10), 7, 7});
    }
    samples.insert(samples.end(), 4, 0);
    pixels.bytes.resize(samples.size() * sizeof(uint16_t));
    std::memcpy(pixels.bytes.data(), samples.data(), pixels.bytes.size());
    pixels.hidden.assign(103, 0);
    pixels.hidden.front() = 1;
    return pixels;
}

TEST(InputLimits, AreOfTheMeasurementsOfTheBandsThatTheNetworkGets) {
    const PixelBuffer pixels = fourBands();
    EXPECT_THAT(measured(pixels, "auto"), ElementsAre(ValueRange{1, 1010}));
    EXPECT_THAT(measured(pixels, "minmax+bands:1,1,1"), ElementsAre(ValueRange{1, 101}));
    EXPECT_THAT(measured(pixels, "minmax+bands:2,1,4+each"),
                ElementsAre(ValueRange{10, 1010}, ValueRange{1, 101}, ValueRange{7, 7}));
    EXPECT_THAT(measured(pixels, "percentile:10,80+bands:1,1,1"), ElementsAre(ValueRange{11, 81}));
    EXPECT_THAT(measured(pixels, "bytes+bands:1,1,1"), ElementsAre(ValueRange{1, 101}));
    EXPECT_THAT(measured(pixels, "minmax+bands:9,1,1"), ElementsAre(ValueRange{1, 1010}))
        << "there is no ninth band";
}

TEST(InputLimits, AreNoneWhereTheRangeDoesNotGoByTheValues) {
    EXPECT_THAT(measured(fourBands(), "window:40,400"), IsEmpty());
    EXPECT_THAT(measured(fourBands(), "displayed"), IsEmpty());
    const PixelBuffer bytes{{2, 1}, 1, PixelType::UInt8, {3, 9}, {}};
    EXPECT_THAT(measured(bytes, "bytes"), IsEmpty());
    EXPECT_THAT(measured(bytes, "auto"), ElementsAre(ValueRange{3, 9}));
}

TEST(InputLimits, AreOfTheOverviewThatIsMadeForThem) {
    const testing::TemporaryFolder folder;
    testing::writeImage(folder / "big.tif", "GTiff", testing::randomPixels({900, 700}, 1, PixelType::UInt16),
                        {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"});
    const ImageMemory memory{.wholeBytes = 100000, .overviewSide = 128, .pyramidFolder = folder / "pyramids"};
    const std::shared_ptr<LargeRaster> raster = LargeRaster::open(folder / "big.tif", memory).value();
    const auto tell = [](const char*, double) {};
    EXPECT_THAT(limitsForModel(*raster, *inputRangeFromText("window:40,400"), tell, {}).value(), IsEmpty());
    EXPECT_FALSE(raster->hasPyramid()) << "none is needed";
    const std::vector<ValueRange> limits = limitsForModel(*raster, {}, tell, {}).value();
    EXPECT_TRUE(raster->hasPyramid());
    EXPECT_EQ(limits, measuredLimits(raster->readOverview().value(), {}));
}

}  // namespace
}  // namespace finebrush
