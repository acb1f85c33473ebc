#include "core/exporters/volume_labels.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace finebrush {
namespace {

/// A volume of 3 × 4 × 5 voxels whose axial slices are those of k.
VolumeInfo volume() {
    VolumeInfo info;
    info.grid.size = {3, 4, 5};
    info.grid.frames = 2;
    info.grid.isPlaced = true;
    info.usualView = SliceView::Axial;
    return info;
}

IndexMask filled(PixelSize size, uint8_t value) {
    return {size, std::vector<uint8_t>(static_cast<size_t>(size.area()), value)};
}

TEST(VolumeLabels, TheUsualViewWinsAndPaintComesBeforePrediction) {
    IndexMask none = filled({3, 4}, kUnlabelled);
    const std::vector<SliceLabels> slices = {
        {{SliceView::Coronal, 1, 0}, filled({3, 5}, 2), filled({3, 5}, 2)},
        {{SliceView::Axial, 2, 0}, filled({3, 4}, 1), filled({3, 4}, 1)},
        {{SliceView::Axial, 3, 0}, none, filled({3, 4}, 7)},
        {{SliceView::Axial, 4, 1}, filled({3, 4}, 9), filled({3, 4}, 9)}};
    const VolumeLabels found = gatherLabels(volume(), 0, slices);
    EXPECT_EQ(found.conflicts, 3) << "a row of the axial slice";
    const auto at = [&](int i, int j, int k) {
        return found.labels.values()[static_cast<size_t>(i + 3 * j + 12 * k)];
    };
    const int coronalRow = [&] {
        for (int j = 0; j < 4; ++j) {
            if (at(0, j, 0) == 2) return j;
        }
        throw std::logic_error("no row of the coronal slice");
    }();
    EXPECT_EQ(at(1, coronalRow, 2), 1) << "axial comes before coronal";
    EXPECT_EQ(at(1, coronalRow, 3), 2) << "painted comes before predicted";
    EXPECT_EQ(at(1, (coronalRow + 1) % 4, 3), 7);
    EXPECT_EQ(at(1, (coronalRow + 1) % 4, 4), kUnlabelled) << "of another frame";
    EXPECT_EQ(gatherLabels(volume(), 1, slices).labels.values()[12 * 4], 9);
}

}  // namespace
}  // namespace finebrush
