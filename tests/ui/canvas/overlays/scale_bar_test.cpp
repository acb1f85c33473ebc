#include "ui/canvas/overlays/scale_bar.h"

#include <QStringList>
#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace finebrush {
namespace {

TEST(ScaleBar, HasARoundLengthInTheUnitThatFits) {
    // At 2 px of the view per px of the image, 130 px of the view are 65 px of the image.
    const auto textAt = [](std::optional<double> metres) {
        return scaleBarFor(2, metres, 130).text.toStdString();
    };
    EXPECT_EQ(textAt(std::nullopt), "50 px");
    EXPECT_EQ(textAt(30.0), "1 km");
    EXPECT_EQ(textAt(0.1), "5 m");
    EXPECT_EQ(textAt(1e-3), "50 mm");
    EXPECT_EQ(textAt(0.25e-6), "10 µm");
    EXPECT_EQ(textAt(1.0 / 65), "1 m");
}

TEST(ScaleBar, ALengthIsInTheUnitThatFits) {
    EXPECT_EQ(lengthText(12.34567, 5).toStdString(), "12.346 m");
    EXPECT_EQ(lengthText(0.9, 5).toStdString(), "900 mm");
    EXPECT_EQ(lengthText(40075017, 5).toStdString(), "40075 km");
    EXPECT_EQ(lengthText(2.5e-7, 5).toStdString(), "0.25 µm");
    EXPECT_EQ(lengthText(0, 5).toStdString(), "0 µm");
}

TEST(ScaleBar, IsAsLongAsItSaysAndNeverTooLong) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> exponents(-4, 4);
    for (int round = 0; round < 500; ++round) {
        const double scale = std::pow(10, exponents(random));
        const double metres = std::pow(10, exponents(random));
        const ScaleBar bar = scaleBarFor(scale, metres, 130);
        EXPECT_LE(bar.length, 130 * (1 + 1e-6));
        EXPECT_GT(bar.length, 130 / 2.6) << "the next longer one would fit";
        const QStringList parts = bar.text.split(u' ');
        const double unit = parts[1] == QStringLiteral("km")   ? 1000
                            : parts[1] == QStringLiteral("m")  ? 1
                            : parts[1] == QStringLiteral("mm") ? 1e-3
                                                               : 1e-6;
        EXPECT_NEAR(parts[0].toDouble() * unit / metres * scale / bar.length, 1, 1e-6);
    }
}

}  // namespace
}  // namespace finebrush
