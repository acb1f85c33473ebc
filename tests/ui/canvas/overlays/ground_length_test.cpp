#include "ui/canvas/overlays/ground_length.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

TEST(GroundLength, OfASliceIsItsSpacing) {
    OpenedImage image;
    image.grid.size = {10, 20, 30};
    image.grid.patientFromVoxel = {{{0.5, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 3, 0}}};
    image.grid.hasSpacing = true;
    EXPECT_DOUBLE_EQ(*metresPerPixel(image, {}, false), 0.5e-3);
    EXPECT_DOUBLE_EQ(*metresPerPixel(image, {}, true), 2e-3);
    EXPECT_EQ(metresPerPixel(image, PointInImage{}), QSizeF(0.5e-3, 2e-3));
    EXPECT_DOUBLE_EQ(*metresBetween(image, {1, 1}, {7, 3}), 5e-3);
    image.grid.hasSpacing = false;
    EXPECT_FALSE(metresPerPixel(image, {}, false));
}

TEST(GroundLength, OfAPictureIsNotKnown) {
    EXPECT_FALSE(metresPerPixel(OpenedImage(), {}, false));
    EXPECT_FALSE(metresPerPixel(OpenedImage(), PointInImage{}));
    EXPECT_FALSE(metresBetween(OpenedImage(), {}, {3, 4}));
}

}  // namespace
}  // namespace finebrush
