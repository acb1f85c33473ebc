#include "ui/canvas/view_transform.h"

#include <gmock/gmock.h>

#include <random>

namespace finebrush {
namespace {

TEST(ViewTransform, FitCentresTheWholeImage) {
    ViewTransform transform;
    transform.fit({400, 100}, QSizeF(220, 200), 10, 8);
    EXPECT_DOUBLE_EQ(transform.scale(), 0.5);
    const QRectF rect = transform.viewFromImage(RectInImage{0, 0, 400, 100});
    EXPECT_EQ(rect, QRectF(10, 75, 200, 50));
}

TEST(ViewTransform, PixelsThatAreNoSquaresAreShownInTheirShape) {
    ViewTransform transform;
    transform.setPixelShape(QSizeF(1, 5));
    transform.fit({100, 20}, QSizeF(400, 400), 0, 8);
    EXPECT_EQ(transform.viewFromImage(RectInImage{0, 0, 100, 20}), QRectF(0, 0, 400, 400));
    for (int turns = 0; turns < 4; ++turns) {
        transform.turn(1, {123, 77});
        const PointInImage point{31.5, 7.25};
        const PointInImage back = transform.imageFromView(transform.viewFromImage(point));
        EXPECT_NEAR(back.x, point.x, 1e-9);
        EXPECT_NEAR(back.y, point.y, 1e-9);
        // What draws upright pictures lays the same point in the same place.
        const QPointF upright = transform.upright().viewFromImage(point);
        const QPointF shown = transform.viewFromUpright().map(upright);
        EXPECT_NEAR(shown.x(), transform.viewFromImage(point).x(), 1e-9);
        EXPECT_NEAR(shown.y(), transform.viewFromImage(point).y(), 1e-9);
    }
    transform.turn(1, {0, 0});
    transform.fit({100, 20}, QSizeF(100, 400), 0, 8);
    EXPECT_EQ(transform.viewFromImage(RectInImage{0, 0, 100, 20}).size(), QSizeF(100, 100));
}

TEST(ViewTransform, FitDoesNotBlowUpATinyImage) {
    ViewTransform transform;
    transform.fit({4, 4}, QSizeF(800, 600), 0, 8);
    EXPECT_DOUBLE_EQ(transform.scale(), 8);
}

TEST(ViewTransform, ZoomKeepsThePointUnderThePointer) {
    ViewTransform transform;
    transform.fit({1000, 700}, QSizeF(640, 480), 16, 8);
    const QPointF pointer(123.25, 301.5);
    const PointInImage before = transform.imageFromView(pointer);
    for (const double factor : {1.2, 3.0, 0.1, 7.7}) {
        transform.zoomAt(pointer, transform.scale() * factor);
        const PointInImage after = transform.imageFromView(pointer);
        EXPECT_NEAR(after.x, before.x, 1e-9);
        EXPECT_NEAR(after.y, before.y, 1e-9);
    }
}

TEST(ViewTransform, ZoomStopsAtItsLimits) {
    ViewTransform transform;
    transform.zoomAt({0, 0}, 1e9);
    EXPECT_DOUBLE_EQ(transform.scale(), ViewTransform::kMaxScale);
    transform.zoomAt({0, 0}, 1e-9);
    EXPECT_DOUBLE_EQ(transform.scale(), ViewTransform::kMinScale);
}

TEST(ViewTransform, ImageAndViewAreInverse) {
    ViewTransform transform;
    transform.fit({1000, 700}, QSizeF(640, 480), 16, 8);
    transform.zoomAt({77, 33}, 3.7);
    const PointInImage point{512.5, 3.25};
    const PointInImage back = transform.imageFromView(transform.viewFromImage(point));
    EXPECT_NEAR(back.x, point.x, 1e-9);
    EXPECT_NEAR(back.y, point.y, 1e-9);
}

TEST(ViewTransform, ARectangleOfTheViewTouchesWholePixels) {
    ViewTransform transform;
    transform.centre({100, 100}, QSizeF(400, 400), 4);
    EXPECT_EQ(transform.imageFromView(QRectF(5, 9, 6, 2)), (RectInImage{1, 2, 2, 1}));
    EXPECT_EQ(transform.imageFromView(QRectF(-1, 0, 2, 4)), (RectInImage{-1, 0, 2, 1}));
}

TEST(ViewTransform, PanningStopsWhereTheImageWouldLeaveTheCentre) {
    ViewTransform transform;
    transform.centre({100, 100}, QSizeF(200, 200), 1);
    transform.pan({-1000, 1000});
    transform.keepInView({100, 100}, QSizeF(200, 200));
    EXPECT_EQ(transform.origin(), QPointF(0, 100));
}

// ---- quarter turns

/// A view that was zoomed, panned and turned at random.
ViewTransform randomTransform(std::mt19937& random) {
    std::uniform_real_distribution<double> places(-500, 900);
    std::uniform_real_distribution<double> factors(0.2, 5);
    ViewTransform transform;
    transform.fit({1000, 700}, QSizeF(640, 480), 16, 8);
    for (int step = 0; step < 6; ++step) {
        transform.zoomAt({places(random), places(random)}, transform.scale() * factors(random));
        transform.turn(static_cast<int>(random() % 9) - 4, {places(random), places(random)});
        transform.pan({places(random), places(random)});
    }
    return transform;
}

TEST(ViewTransform, ImageAndViewAreInverseHoweverTheImageIsTurned) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> places(-100, 1100);
    for (int round = 0; round < 200; ++round) {
        const ViewTransform transform = randomTransform(random);
        const PointInImage point{places(random), places(random)};
        const PointInImage back = transform.imageFromView(transform.viewFromImage(point));
        EXPECT_NEAR(back.x, point.x, 1e-6);
        EXPECT_NEAR(back.y, point.y, 1e-6);
    }
}

TEST(ViewTransform, ATurnKeepsItsAnchorAndFourAreNone) {
    std::mt19937 random(4);
    for (int round = 0; round < 100; ++round) {
        const ViewTransform before = randomTransform(random);
        ViewTransform transform = before;
        const QPointF anchor(321.5, 97);
        const PointInImage anchored = before.imageFromView(anchor);
        for (int turn = 1; turn <= 4; ++turn) {
            transform.turn(1, anchor);
            EXPECT_NEAR(transform.imageFromView(anchor).x, anchored.x, 1e-6);
            EXPECT_NEAR(transform.imageFromView(anchor).y, anchored.y, 1e-6);
            EXPECT_EQ(transform.quarterTurns(), (before.quarterTurns() + turn) % 4);
        }
        EXPECT_NEAR(transform.origin().x(), before.origin().x(), 1e-6);
        EXPECT_NEAR(transform.origin().y(), before.origin().y(), 1e-6);
    }
}

TEST(ViewTransform, ATurnToTheRightBringsTheTopToTheRight) {
    ViewTransform transform;
    transform.fit({400, 100}, QSizeF(400, 400), 0, 8);
    transform.turn(1, {200, 200});
    const QPointF top = transform.viewFromImage(PointInImage{200, 0});
    EXPECT_EQ(top, QPointF(250, 200));
    transform.fit({400, 100}, QSizeF(200, 800), 0, 8);
    EXPECT_DOUBLE_EQ(transform.scale(), 2) << "it lies upright now";
}

TEST(ViewTransform, WhatIsDrawnUprightIsTurnedToItsPlace) {
    std::mt19937 random(5);
    for (int round = 0; round < 100; ++round) {
        const ViewTransform transform = randomTransform(random);
        const PointInImage point{321.25, 77.5};
        const QPointF there = transform.viewFromUpright().map(transform.upright().viewFromImage(point));
        EXPECT_NEAR(there.x(), transform.viewFromImage(point).x(), 1e-6);
        EXPECT_NEAR(there.y(), transform.viewFromImage(point).y(), 1e-6);
    }
}

TEST(ViewTransform, ATurnedRectangleOfTheViewTouchesTheSamePixels) {
    std::mt19937 random(6);
    for (int round = 0; round < 100; ++round) {
        const ViewTransform transform = randomTransform(random);
        const RectInImage rect{12, 30, 41, 5};
        const QRectF inside = transform.viewFromImage(rect).adjusted(1e-4, 1e-4, -1e-4, -1e-4);
        EXPECT_EQ(transform.imageFromView(inside), rect);
    }
}

TEST(ViewTransform, ATurnedImageStaysInView) {
    ViewTransform transform;
    transform.fit({400, 100}, QSizeF(200, 200), 0, 8);
    transform.turn(1, {100, 100});
    for (const QPointF way : {QPointF(9000, 0), QPointF(-9000, 0), QPointF(0, 9000), QPointF(0, -9000)}) {
        transform.pan(way);
        transform.keepInView({400, 100}, QSizeF(200, 200));
        const QRectF shown = transform.viewFromImage(RectInImage{0, 0, 400, 100});
        EXPECT_TRUE(shown.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(QPointF(100, 100)));
    }
}

TEST(ViewTransform, APointIsBroughtToTheMiddle) {
    std::mt19937 random(7);
    ViewTransform transform = randomTransform(random);
    transform.centreOn({123, 45}, QSizeF(640, 480));
    EXPECT_NEAR(transform.viewFromImage(PointInImage{123, 45}).x(), 320, 1e-9);
    EXPECT_NEAR(transform.viewFromImage(PointInImage{123, 45}).y(), 240, 1e-9);
}

}  // namespace
}  // namespace finebrush
