#include "core/session/images/pixel_shape_of.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(PixelShapeOf, ASliceIsThatOfItsSpacing) {
    OpenedImage image;
    image.grid.size = {10, 20, 30};
    image.grid.patientFromVoxel = {{{0.5, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 3, 0}}};
    image.grid.hasSpacing = true;
    EXPECT_EQ(pixelShapeOf(image), (PixelShape{1, 4}));
    image.grid.hasSpacing = false;
    EXPECT_EQ(pixelShapeOf(image), PixelShape());
    EXPECT_EQ(pixelShapeOf(OpenedImage()), PixelShape());
}

}  // namespace
}  // namespace finebrush
