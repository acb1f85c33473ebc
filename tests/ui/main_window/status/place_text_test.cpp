#include "ui/main_window/status/place_text.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

OpenedImage volumeSlice() {
    OpenedImage image;
    image.grid.size = {10, 10, 5};
    image.grid.patientFromVoxel = {{{2, 0, 0, -10}, {0, 2, 0, -3}, {0, 0, 5, -7.5}}};
    image.grid.isPlaced = true;
    image.plane = {SliceView::Stored, 1, 0};
    return image;
}

TEST(PlaceText, SaysWhereAPixelLiesInThePatient) {
    EXPECT_EQ(placeText(volumeSlice(), {0.5, 4.5}), QStringLiteral("R 10.0  P 5.0  I 2.5 mm"));
    EXPECT_EQ(placeText(volumeSlice(), {9.5, 0.5}), QStringLiteral("L 8.0  A 3.0  I 2.5 mm"));
}

TEST(PlaceText, IsEmptyWhereTheFileDoesNotSay) {
    OpenedImage image = volumeSlice();
    image.grid.isPlaced = false;
    EXPECT_EQ(placeText(image, {1, 1}), QString());
    EXPECT_EQ(placeText(OpenedImage(), {1, 1}), QString());
}

}  // namespace
}  // namespace finebrush
