#include "core/exporters/png_rows.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/support/file_size_limit.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <stdexcept>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TemporaryFolder;

constexpr PixelSize kSize{701, 903};
constexpr int kRowsAtOnce = 100;  // the last ones are fewer

Palette someColours() {
    Palette palette{};
    for (size_t i = 0; i < palette.size(); ++i) {
        palette[i] = {static_cast<uint8_t>(i), static_cast<uint8_t>(255 - i), static_cast<uint8_t>(i * 7)};
    }
    return palette;
}

/// Samples that hardly get smaller, so that much of the file is there before the last rows come.
class PngRows : public ::testing::Test {
  protected:
    RowsFrom rowsOf(const PixelBuffer& picture) {
        return [&picture, this](int y) -> std::span<const uint8_t> {
            beforeRows(y);
            const size_t rowBytes = static_cast<size_t>(picture.size.width) * picture.bands;
            const int count = std::min(kRowsAtOnce, picture.size.height - y);
            return std::span(picture.bytes).subspan(y * rowBytes, count * rowBytes);
        };
    }
    bool isLast(int y) const { return y + kRowsAtOnce >= kSize.height; }

    TemporaryFolder folder;
    const std::filesystem::path file = folder / "a.png";
    const Palette palette = someColours();
    const PixelBuffer indices = testing::randomPixels(kSize, 1, PixelType::UInt8);
    std::function<void(int y)> beforeRows = [](int) {};
    std::stop_source stop;
};

TEST_F(PngRows, OfAPaletteAreIndicesAndAPictureInOne) {
    const Result<bool> written = writePng(file, kSize, &palette, rowsOf(indices), {}, stop.get_token());
    ASSERT_TRUE(written) << describe(written.error());
    EXPECT_TRUE(*written);
    EXPECT_EQ(readIndexMask(file)->values, indices.bytes);
    EXPECT_TRUE(readRasterInfo(file)->hasPalette);
    const PixelBuffer colours = *readRaster(file);
    for (size_t i = 0; i < indices.bytes.size(); ++i) {
        const auto& expected = palette[indices.bytes[i]];
        ASSERT_TRUE(std::equal(expected.begin(), expected.end(), &colours.bytes[3 * i])) << i;
    }
    EXPECT_THAT(folder.names(), ElementsAre("a.png"));
}

TEST_F(PngRows, OfAPaletteHaveEightBitsAndNoTransparency) {
    // A mask of one class must not shrink to a 1-bit file: other programs expect bytes.
    const std::vector<uint8_t> ones(12, 1);
    ASSERT_EQ(writePng(file, {4, 3}, &palette, [&](int) { return std::span(ones); }, {}), true);
    const std::vector<uint8_t> bytes = testing::bytesOf(file);
    constexpr size_t kBitDepth = 24, kColourType = 25;
    EXPECT_EQ(bytes[kBitDepth], 8);
    EXPECT_EQ(bytes[kColourType], 3);
    EXPECT_THAT(std::string(bytes.begin(), bytes.end()), ::testing::Not(::testing::HasSubstr("tRNS")));
}

TEST_F(PngRows, WithoutAPaletteAreColours) {
    const PixelBuffer picture = testing::randomPixels(kSize, 3, PixelType::UInt8);
    ASSERT_EQ(writePng(file, kSize, nullptr, rowsOf(picture), {}), true);
    EXPECT_EQ(*readRaster(file), picture);
}

TEST_F(PngRows, MayBeLongerThanOtherProgramsTake) {
    constexpr int kLong = 1100000;  // libpng's own limit is a million
    const std::vector<uint8_t> row(kLong, 3);
    EXPECT_EQ(writePng(file, {kLong, 2}, &palette, [&](int) { return std::span(row); }, {}), true);
    EXPECT_EQ(writePng(file, {1, kLong}, &palette, [&](int) { return std::span(row); }, {}), true);
}

TEST_F(PngRows, ThatAreStoppedOnTheWayLeaveNothing) {
    testing::writeBytes(file, std::vector<uint8_t>{'o', 'l', 'd'});
    std::vector<int> asked;
    beforeRows = [&](int y) {
        asked.push_back(y);
        if (y == kRowsAtOnce) stop.request_stop();
    };
    EXPECT_EQ(writePng(file, kSize, &palette, rowsOf(indices), {}, stop.get_token()), false);
    EXPECT_THAT(asked, ElementsAre(0, kRowsAtOnce));
    EXPECT_THAT(folder.names(), ElementsAre("a.png"));
    EXPECT_THAT(testing::bytesOf(file), ElementsAre('o', 'l', 'd'));
}

TEST_F(PngRows, ThatAreStoppedBeforeTheyAreReadAgainLeaveNothing) {
    beforeRows = [&](int y) {
        if (isLast(y)) stop.request_stop();
    };
    EXPECT_EQ(writePng(file, kSize, &palette, rowsOf(indices), {}, stop.get_token()), false);
    EXPECT_THAT(folder.names(), IsEmpty());
}

TEST_F(PngRows, StandUnderTheirNameOnlyWhenTheyAreRight) {
    testing::writeBytes(file, std::vector<uint8_t>{'o', 'l', 'd'});
    beforeRows = [&](int y) {
        if (!isLast(y)) return;
        for (const std::string& name : folder.names()) {
            if (name == "a.png") continue;
            std::fstream unfinished(folder / name, std::ios::binary | std::ios::in | std::ios::out);
            unfinished.seekp(100000);
            unfinished.put('x').put('y').put('z');
            ASSERT_TRUE(unfinished.flush());
        }
    };
    const Result<bool> written = writePng(file, kSize, &palette, rowsOf(indices), {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::ExportNotVerified);
    EXPECT_THAT(folder.names(), ElementsAre("a.png"));
    EXPECT_THAT(testing::bytesOf(file), ElementsAre('o', 'l', 'd'));
}

TEST_F(PngRows, ThatFindNoRoomLeaveNothing) {
    Result<bool> written = false;
    {
        const testing::FileSizeLimit limit(300'000);
        written = writePng(file, kSize, &palette, rowsOf(indices), {});
    }
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::FileNotWritable);
    EXPECT_THAT(written.error().arguments, ElementsAre(utf8(file)));
    EXPECT_THAT(folder.names(), IsEmpty());
}

TEST_F(PngRows, MustFitTheSize) {
    const std::vector<uint8_t> samples(12);
    const auto written = [&](PixelSize size, size_t count) {
        return writePng(file, size, &palette, [&](int) { return std::span(samples).first(count); }, {});
    };
    EXPECT_THROW((void)written({5, 4}, 12), std::logic_error);
    EXPECT_THROW((void)written({4, 2}, 12), std::logic_error);
    EXPECT_THROW((void)written({4, 3}, 0), std::logic_error);
    EXPECT_THROW((void)written({0, 0}, 0), std::invalid_argument);
    EXPECT_THAT(folder.names(), IsEmpty());
}

}  // namespace
}  // namespace finebrush
