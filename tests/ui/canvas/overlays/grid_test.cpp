#include "ui/canvas/overlays/grid.h"

#include "ui/canvas/overlays/scale_bar.h"

#include <QImage>
#include <QPainter>
#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace finebrush {
namespace {

constexpr double kLongest = 130;

ViewTransform zoomedTo(double scale, QSizeF pixelShape = {1, 1}) {
    ViewTransform transform;
    transform.setPixelShape(pixelShape);
    transform.zoomAt({0, 0}, scale);
    return transform;
}

void expectStep(const QSizeF& step, double width, double height) {
    EXPECT_NEAR(step.width(), width, width * 1e-9);
    EXPECT_NEAR(step.height(), height, height * 1e-9);
}

TEST(RuledGrid, IsARoundLengthWide) {
    // At 2 px of the view per px of the image, 130 px of the view are 65 px of the image.
    expectStep(ruledStep(zoomedTo(2), std::nullopt, kLongest), 50, 50);
    expectStep(ruledStep(zoomedTo(2), QSizeF(0.25e-6, 0.25e-6), kLongest), 40, 40);
    expectStep(ruledStep(zoomedTo(2), QSizeF(30, 30), kLongest), 1000.0 / 30, 1000.0 / 30);
}

TEST(RuledGrid, IsOneLengthBothWaysWhateverThePixelsMeasure) {
    expectStep(ruledStep(zoomedTo(2), QSizeF(1, 2), kLongest), 50, 25);
    expectStep(ruledStep(zoomedTo(2, {1, 4}), QSizeF(0.5e-3, 2e-3), kLongest), 40, 10);
    ViewTransform turned = zoomedTo(2);
    turned.turn(1, {0, 0});
    expectStep(ruledStep(turned, QSizeF(1, 2), kLongest), 100, 50);
}

TEST(RuledGrid, KeepsTheLinesOfFlatPixelsApart) {
    expectStep(ruledStep(zoomedTo(1), QSizeF(1, 50), kLongest), 5000, 100);
}

TEST(RuledGrid, HasFieldsAsWideAsTheScaleBar) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> scales(-3, 1.8), lengths(-7, 4);
    for (int round = 0; round < 200; ++round) {
        const ViewTransform transform = zoomedTo(std::pow(10, scales(random)));
        const double metres = std::pow(10, lengths(random));
        const ScaleBar bar = scaleBarFor(transform.scale(), metres, kLongest);
        const QSizeF step = ruledStep(transform, QSizeF(metres, metres), kLongest);
        ASSERT_NEAR(step.width() * transform.scale() / bar.length, 1, 1e-9);
    }
}

TEST(RuledGrid, IsDrawnFromTheCornerOfTheImageOnAndSeenOnEveryGround) {
    for (const QColor& ground : {QColor(Qt::black), QColor(Qt::white), QColor(128, 128, 128)}) {
        QImage shown(100, 100, QImage::Format_RGB32);
        shown.fill(ground);
        QPainter painter(&shown);
        drawRuledGrid(painter, zoomedTo(1), {13, 7, 80, 80}, {20, 25});
        painter.end();
        const auto isLine = [&](int x, int y) {
            return shown.pixelColor(x, y) != ground || shown.pixelColor(x + 1, y + 1) != ground;
        };
        for (const int x : {20, 40, 60, 80}) EXPECT_TRUE(isLine(x, 35)) << x;
        for (const int y : {25, 50, 75}) EXPECT_TRUE(isLine(31, y)) << y;
        EXPECT_FALSE(isLine(31, 35));
        EXPECT_FALSE(isLine(50, 35));
        EXPECT_FALSE(isLine(5, 25)) << "only over the part";
    }
}

TEST(RuledGrid, WithoutAStepIsNone) {
    QImage shown(10, 10, QImage::Format_RGB32);
    shown.fill(Qt::white);
    QPainter painter(&shown);
    drawRuledGrid(painter, zoomedTo(1), {0, 0, 10, 10}, {});
    painter.end();
    EXPECT_EQ(shown.pixelColor(0, 0), QColor(Qt::white));
}

}  // namespace
}  // namespace finebrush
