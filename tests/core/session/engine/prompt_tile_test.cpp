#include "core/session/engine/prompt_tile.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

PixelBuffer gradient(PixelSize size) {
    PixelBuffer image{size, 3, PixelType::UInt8, {}, {}};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            image.bytes.insert(image.bytes.end(),
                               {static_cast<uint8_t>(x), static_cast<uint8_t>(y), uint8_t{7}});
        }
    }
    return image;
}

TEST(PromptTile, IsTheWholeImageWhereAllOrNothingIsKnownToBeSeen) {
    const PixelSize size{1000, 600};
    EXPECT_EQ(promptTile(size, {}), RectInImage::ofSize(size));
    EXPECT_EQ(promptTile(size, RectInImage::ofSize(size)), RectInImage::ofSize(size));
    EXPECT_EQ(promptTile({40, 30}, {3, 3, 5, 5}), (RectInImage{0, 0, 40, 30}));
}

TEST(PromptTile, HoldsWhatIsSeenAndLiesInTheImage) {
    const PixelSize size{1000, 600};
    for (int x = 0; x < 900; x += 37) {
        for (int y = 0; y < 560; y += 41) {
            for (const int side : {10, 60, 130, 300}) {
                const RectInImage seen = RectInImage{x, y, side, side}.intersected(RectInImage::ofSize(size));
                const RectInImage tile = promptTile(size, seen);
                EXPECT_EQ(tile.intersected(seen), seen);
                EXPECT_EQ(tile.intersected(RectInImage::ofSize(size)), tile);
                if (side <= 60) {
                    EXPECT_LE(tile.width, 250);
                }
            }
        }
    }
}

TEST(PromptTile, StaysWhileTheViewMovesALittle) {
    const RectInImage tile = promptTile({2000, 2000}, {600, 600, 200, 200});
    EXPECT_LT(tile.width, 1000);
    EXPECT_EQ(promptTile({2000, 2000}, {605, 602, 200, 200}), tile);
}

TEST(PromptTile, ThePictureIsWhatIsSeenOfTheTile) {
    const PixelBuffer picture = promptPicture(gradient({60, 40}), {10, 20, 3, 2});
    EXPECT_EQ(picture.size, (PixelSize{3, 2}));
    EXPECT_EQ(picture.bytes, (std::vector<uint8_t>{10, 20, 7, 11, 20, 7, 12, 20, 7,  //
                                                   10, 21, 7, 11, 21, 7, 12, 21, 7}));
}

TEST(PromptTile, AHugePictureIsShrunk) {
    const PixelBuffer picture = promptPicture(gradient({4096, 8}), {0, 0, 4096, 8});
    EXPECT_EQ(picture.size, (PixelSize{2048, 4}));
    EXPECT_TRUE(picture.isConsistent());
    PixelBuffer half = gradient({4096, 8});
    half.hidden.assign(4096 * 8, 0);
    std::fill_n(half.hidden.begin(), 4096 * 4, uint8_t{1});
    const PixelBuffer shrunk = promptPicture(half, {0, 0, 4096, 8});
    EXPECT_TRUE(shrunk.isHidden(0));
    EXPECT_FALSE(shrunk.isHidden(2048 * 4 - 1));
}

}  // namespace
}  // namespace finebrush
