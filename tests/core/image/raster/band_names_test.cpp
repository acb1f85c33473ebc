#include "core/image/raster/band_names.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

std::optional<std::array<int, 3>> bands(int red, int green, int blue) {
    return std::array{red, green, blue};
}

TEST(BandNames, NumbersOfSentinel2AndLandsat8AreColours) {
    const std::vector<std::string> sentinel = {"B1", "B2",  "B3", "B4",  "B5",  "B6", "B7",
                                               "B8", "B8A", "B9", "B10", "B11", "B12"};
    EXPECT_EQ(coloursNamed(sentinel), bands(3, 2, 1));
    EXPECT_EQ(coloursNamed({"B02", "B03", "B04", "B08"}), bands(2, 1, 0));
    EXPECT_EQ(coloursNamed({"Band 2", "band_3", "Band4"}), bands(2, 1, 0));
    EXPECT_EQ(coloursNamed({"B4, central wavelength 665 nm", "B3, central wavelength 560 nm",
                            "B2, central wavelength 490 nm"}),
              bands(0, 1, 2));
}

TEST(BandNames, NumbersThatMayBeOfAnOlderLandsatAreNot) {
    EXPECT_EQ(coloursNamed({"B1", "B2", "B3", "B4", "B5", "B7"}), std::nullopt);
}

TEST(BandNames, AColourCountsWhateverItsNumber) {
    EXPECT_EQ(coloursNamed({"B1 (blue)", "B2 (green)", "B3 (red)", "B4 (NIR)"}), bands(2, 1, 0));
    EXPECT_EQ(coloursNamed({"coastal_blue", "blue", "green_i", "green", "yellow", "red", "rededge", "nir"}),
              bands(5, 3, 1));
    EXPECT_EQ(coloursNamed({"Blue", "Green", "Red Edge", "Red"}), bands(3, 1, 0));
}

TEST(BandNames, OtherNamesSayNothing) {
    EXPECT_EQ(coloursNamed({}), std::nullopt);
    EXPECT_EQ(coloursNamed({"", "", ""}), std::nullopt);
    EXPECT_EQ(coloursNamed({"red", "green", "nir"}), std::nullopt);
    EXPECT_EQ(coloursNamed({"blued", "greenish", "reduced"}), std::nullopt);
}

}  // namespace
}  // namespace finebrush
