#include "core/image/display/thumbnail.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace finebrush {
namespace {

using ::testing::Each;

TEST(Thumbnail, KeepsTheRatioOfTheSides) {
    const auto sizeOf = [](PixelSize size) {
        return makeThumbnail(std::vector<uint8_t>(static_cast<size_t>(size.area()) * 3), size, 96).size;
    };
    EXPECT_EQ(sizeOf({960, 480}), (PixelSize{96, 48}));
    EXPECT_EQ(sizeOf({300, 900}), (PixelSize{32, 96}));
    EXPECT_EQ(sizeOf({2000, 3}), (PixelSize{96, 1}));
    EXPECT_EQ(sizeOf({50, 20}), (PixelSize{50, 20}));
}

TEST(Thumbnail, AveragesTheAreaOfAPixel) {
    // Columns of 0 and 200 alternate: an area mean is 100, picking single pixels would give 0 or 200.
    const PixelSize size{64, 64};
    std::vector<uint8_t> rgb(static_cast<size_t>(size.area()) * 3);
    for (size_t i = 0; i < rgb.size(); ++i) rgb[i] = (i / 3) % 2 == 0 ? 0 : 200;
    const Thumbnail thumbnail = makeThumbnail(rgb, size, 16);
    ASSERT_EQ(thumbnail.rgb.size(), 16u * 16 * 3);
    EXPECT_THAT(thumbnail.rgb, Each(100));
}

TEST(Thumbnail, KeepsTheOrderOfTheChannels) {
    std::vector<uint8_t> rgb;
    for (int i = 0; i < 100; ++i) rgb.insert(rgb.end(), {10, 20, 30});
    const Thumbnail thumbnail = makeThumbnail(rgb, {10, 10}, 2);
    EXPECT_THAT(std::vector(thumbnail.rgb.begin(), thumbnail.rgb.begin() + 3),
                ::testing::ElementsAre(10, 20, 30));
}

TEST(Thumbnail, RefusesPixelsOfAnotherSize) {
    EXPECT_THROW(makeThumbnail(std::vector<uint8_t>(10), {4, 4}, 2), std::invalid_argument);
    EXPECT_THROW(makeThumbnail({}, {0, 0}, 2), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
