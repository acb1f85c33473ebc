#include "ui/canvas/view_transform.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

TEST(ViewTransform, FitCentresTheWholeImage) {
    ViewTransform transform;
    transform.fit({400, 100}, QSizeF(220, 200), 10, 8);
    EXPECT_DOUBLE_EQ(transform.scale(), 0.5);
    const QRectF rect = transform.viewFromImage(RectInImage{0, 0, 400, 100});
    EXPECT_EQ(rect, QRectF(10, 75, 200, 50));
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

}  // namespace
}  // namespace finebrush
