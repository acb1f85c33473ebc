#include "ui/canvas/overlays/minimap.h"

#include "tests/ui/support/pictures.h"
#include "ui/canvas/canvas_view.h"

#include <QTest>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

class MinimapTest : public ::testing::Test {
  protected:
    MinimapTest() : minimap_(view_) {
        view_.resize(400, 300);
        view_.setImage(testing::pictureOf({800, 400}, [](int x, int) {
            return x < 400 ? Colour{200, 20, 20} : Colour{20, 20, 200};
        }));
        view_.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&view_));
    }

    PointInImage middle() const { return view_.transform().imageFromView(QPointF(200, 150)); }

    CanvasView view_;
    Minimap minimap_;
};

TEST_F(MinimapTest, IsThereOnlyWhilePartOfTheImageIsSeen) {
    EXPECT_FALSE(minimap_.isVisible());
    view_.zoomTo(4);
    EXPECT_TRUE(minimap_.isVisible());
    EXPECT_TRUE(view_.rect().contains(minimap_.geometry()));
    view_.fit();
    EXPECT_FALSE(minimap_.isVisible());
    view_.zoomTo(4);
    minimap_.setShown(false);
    EXPECT_FALSE(minimap_.isVisible());
    minimap_.setShown(true);
    EXPECT_TRUE(minimap_.isVisible());
    view_.setImage(nullptr);
    EXPECT_FALSE(minimap_.isVisible());
}

TEST_F(MinimapTest, ShowsTheWholeImageAsTheViewTurnsIt) {
    view_.zoomTo(4);
    const double aspect = double(minimap_.width()) / minimap_.height();
    EXPECT_NEAR(aspect, 2, 0.1);
    QImage shown = minimap_.grab().toImage();
    EXPECT_GT(shown.pixelColor(20, 10).red(), 150);
    EXPECT_GT(shown.pixelColor(shown.width() - 20, 10).blue(), 150);
    view_.turn(1);
    EXPECT_NEAR(double(minimap_.height()) / minimap_.width(), 2, 0.1);
    shown = minimap_.grab().toImage();
    EXPECT_GT(shown.pixelColor(10, 10).red(), 150);
    EXPECT_GT(shown.pixelColor(10, shown.height() - 10).blue(), 150);
}

TEST_F(MinimapTest, AClickAndADragBringThePlaceToTheMiddle) {
    view_.zoomTo(4);
    const int width = minimap_.width();
    const int height = minimap_.height();
    QTest::mouseClick(&minimap_, Qt::LeftButton, {}, QPoint(width / 4, height / 2));
    EXPECT_NEAR(middle().x, 200, 10);
    EXPECT_NEAR(middle().y, 200, 10);
    QTest::mousePress(&minimap_, Qt::LeftButton, {}, QPoint(width / 4, height / 2));
    QTest::mouseMove(&minimap_, QPoint(width * 3 / 4, height / 4));
    QTest::mouseRelease(&minimap_, Qt::LeftButton, {}, QPoint(width * 3 / 4, height / 4));
    EXPECT_NEAR(middle().x, 600, 10);
    EXPECT_NEAR(middle().y, 100, 10);
}

TEST_F(MinimapTest, FramesWhatIsSeen) {
    view_.zoomTo(4);
    view_.centreOn({200, 200});
    const QImage shown = minimap_.grab().toImage();
    // 100 × 75 px of 800 × 400 are seen; their frame is white within black.
    int white = 0;
    for (int x = 0; x < shown.width(); ++x)
        white += shown.pixelColor(x, shown.height() / 2) == QColor(Qt::white);
    EXPECT_EQ(white, 2);
}

}  // namespace
}  // namespace finebrush
