#include "ui/main_window/pixel_text.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(PixelText, ListsTheBandsAndSaysWhatIsHidden) {
    const PixelBuffer pixels{{2, 1}, 3, PixelType::UInt8, {1, 2, 3, 4, 5, 6}, {}, {0, 1}};
    EXPECT_EQ(pixelText(pixels, 0, 0), QStringLiteral("1, 2, 3"));
    EXPECT_EQ(pixelText(pixels, 1, 0), QStringLiteral("no data"));
}

}  // namespace
}  // namespace finebrush
