#include "ui/canvas/linked_view.h"

#include "core/image/raster/large_raster.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/ui/support/pictures.h"
#include "ui/canvas/canvas_view.h"

#include <QPaintEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <gmock/gmock.h>

#include <memory>
#include <random>
#include <utility>

namespace finebrush {
namespace {

constexpr PixelSize kSize{200, 150};
constexpr QSize kCanvas{400, 300};

/// Of the pixels of two pictures, those that differ by more than rounding: Qt draws a part of a scaled image
/// a grey level, or at the border of two pixels a row, off.
double unlikeShare(const QImage& one, const QImage& other) {
    EXPECT_EQ(one.size(), other.size());
    const auto differ = [](QRgb a, QRgb b) {
        return std::abs(qRed(a) - qRed(b)) > 1 || std::abs(qGreen(a) - qGreen(b)) > 1 ||
               std::abs(qBlue(a) - qBlue(b)) > 1;
    };
    int unlike = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) unlike += differ(one.pixel(x, y), other.pixel(x, y));
    }
    return double(unlike) / (double(one.width()) * one.height());
}

/// A canvas and a linked view in one window.
class LinkedViewTest : public ::testing::Test {
  protected:
    LinkedViewTest() : canvas_(*new CanvasView(&window_)), second_(new LinkedView(canvas_, &window_)) {
        window_.resize(1000, 500);
        canvas_.resize(kCanvas);
        canvas_.setScaleBarVisible(false);
        second_->setOverlays({.labels = true, .prediction = true});
        canvas_.setImage(testing::pictureOf(kSize, [](int x, int y) {
            return Colour{static_cast<uint8_t>(x), static_cast<uint8_t>(y), static_cast<uint8_t>(x * y)};
        }));
        place(kCanvas);
        window_.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&window_));
    }

    void place(QSize size) { second_->setGeometry(QRect(QPoint(450, 0), size)); }
    QPoint secondAt(PointInImage point) const {
        return canvas_.transform().viewFromImage(point).toPoint() - second_->wayToCanvas();
    }
    void drag(QWidget& view, Qt::MouseButton button, QPoint from, QPoint to) {
        QTest::mousePress(&view, button, {}, from);
        QTest::mouseMove(&view, to);
        QTest::mouseRelease(&view, button, {}, to);
    }
    void turnWheel(QWidget& view, QPointF place, int delta) {
        QWheelEvent event(place, view.mapToGlobal(place), QPoint(), QPoint(0, delta), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }
    QImage shownByCanvas() { return canvas_.grab().toImage(); }
    QImage shownBySecond() { return second_->grab().toImage(); }
    /// What both show, as each shows it.
    std::pair<QImage, QImage> common() {
        canvas_.endHover();
        const QRect both = canvas_.rect().intersected(canvas_.linkedInView(second_->size()));
        return {shownByCanvas().copy(both), shownBySecond().copy(both.translated(-second_->wayToCanvas()))};
    }

    QWidget window_;
    CanvasView& canvas_;
    LinkedView* second_;
};

TEST_F(LinkedViewTest, AfterAnyPanZoomAndTurnInEitherBothShowTheSame) {
    std::mt19937 random(7);
    const auto upTo = [&](int end) { return std::uniform_int_distribution<int>(0, end)(random); };
    for (const QSize size : {kCanvas, QSize(161, 300), QSize(400, 133), QSize(433, 351)}) {
        place(size);
        for (int step = 0; step < 60; ++step) {
            QWidget& view = upTo(1) == 0 ? static_cast<QWidget&>(canvas_) : *second_;
            const QPoint from(upTo(view.width()), upTo(view.height()));
            const QPoint to(upTo(view.width()), upTo(view.height()));
            switch (upTo(5)) {
                case 0:
                case 1:
                    turnWheel(view, from, upTo(1) == 0 ? 120 : -120);
                    break;
                case 2:
                case 3:
                    drag(view, Qt::MiddleButton, from, to);
                    break;
                case 4:
                    canvas_.turn(upTo(1) == 0 ? 1 : -1);
                    break;
                default:
                    upTo(1) == 0 ? canvas_.fit() : canvas_.centreOn({double(upTo(200)), double(upTo(150))});
            }
            const auto [byCanvas, bySecond] = common();
            ASSERT_LT(unlikeShare(byCanvas, bySecond), 0.01)
                << "step " << step << ", second view " << size.width() << " × " << size.height();
        }
    }
}

TEST_F(LinkedViewTest, ADragMovesBothByItsWayAndBackWithoutDrift) {
    canvas_.zoomTo(3);
    const QPointF before = canvas_.transform().origin();
    for (int i = 0; i < 50; ++i) {
        drag(*second_, Qt::MiddleButton, {200, 150}, {237, 129});
        ASSERT_EQ(canvas_.transform().origin(), before + QPointF(37, -21));
        drag(canvas_, Qt::MiddleButton, {237, 129}, {200, 150});
        ASSERT_EQ(canvas_.transform().origin(), before);
    }
}

TEST_F(LinkedViewTest, TheWheelZoomsAtThePointer) {
    place({300, 200});
    const QPoint pointer(40, 60);
    const auto under = [&] { return canvas_.transform().imageFromView(pointer + second_->wayToCanvas()); };
    const PointInImage before = under();
    turnWheel(*second_, pointer, 120);
    EXPECT_NEAR(under().x, before.x, 1e-9);
    EXPECT_NEAR(under().y, before.y, 1e-9);
}

TEST_F(LinkedViewTest, FitShowsTheWholeImageInTheSmallerViewToo) {
    place({200, 300});
    canvas_.fit();
    const QRectF image = canvas_.transform().viewFromImage(RectInImage::ofSize(kSize));
    EXPECT_TRUE(QRectF(canvas_.linkedInView(second_->size())).contains(image));
    place({380, 300});
    EXPECT_GT(canvas_.transform().viewFromImage(RectInImage::ofSize(kSize)).width(), image.width())
        << "it goes on fitting";
}

TEST_F(LinkedViewTest, PaintingInItIsPaintingInTheCanvas) {
    place({300, 220});
    std::vector<PointInImage> points;
    QObject::connect(&canvas_, &CanvasView::pressed,
                     [&](PointInImage point, bool) { points.push_back(point); });
    QObject::connect(&canvas_, &CanvasView::dragged, [&](PointInImage point) { points.push_back(point); });
    const QSignalSpy released(&canvas_, &CanvasView::released);
    canvas_.turn(1);
    drag(*second_, Qt::LeftButton, secondAt({60, 50}), secondAt({140, 90}));
    ASSERT_GE(points.size(), 2U);
    const double halfAPixel = 0.5 / canvas_.transform().scale();
    EXPECT_NEAR(points.front().x, 60, halfAPixel);
    EXPECT_NEAR(points.front().y, 50, halfAPixel);
    EXPECT_NEAR(points.back().x, 140, halfAPixel);
    EXPECT_NEAR(points.back().y, 90, halfAPixel);
    EXPECT_EQ(released.count(), 1);
}

TEST_F(LinkedViewTest, TheKeysStayWithTheCanvas) {
    window_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window_));
    const QSignalSpy cancelled(&canvas_, &CanvasView::cancelled);
    QTest::mousePress(second_, Qt::LeftButton, {}, secondAt({60, 50}));
    EXPECT_TRUE(canvas_.hasFocus());
    QTest::keyClick(window_.focusWidget(), Qt::Key_Escape);
    EXPECT_EQ(cancelled.count(), 1);
    QTest::mouseRelease(second_, Qt::LeftButton, {}, secondAt({60, 50}));
}

TEST_F(LinkedViewTest, EachViewMarksThePointerOfTheOther) {
    canvas_.setBrushDiameter(0);
    const QPoint place = secondAt({100, 75});
    const auto [byCanvas, bySecond] = common();
    QTest::mouseMove(second_, place);
    EXPECT_NE(shownByCanvas(), byCanvas);
    EXPECT_EQ(shownBySecond(), bySecond) << "the pointer itself is there";
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(second_, &leave);
    EXPECT_EQ(shownByCanvas(), byCanvas);
    QTest::mouseMove(&canvas_, place);
    EXPECT_EQ(shownByCanvas(), byCanvas);
    EXPECT_NE(shownBySecond(), bySecond);
    canvas_.setBrushDiameter(30);
    canvas_.endHover();
    EXPECT_EQ(shownBySecond(), bySecond);
}

TEST_F(LinkedViewTest, ShowsTheOverlaysOfItsOwnChoice) {
    LabelMap labels(kSize);
    labels.fill(RectInImage::ofSize(kSize), 1);
    const auto mask = [](uint8_t value) {
        return std::make_shared<const IndexMask>(
            IndexMask{kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()), value)});
    };
    OverlayPalette palette{};
    palette[1] = qRgb(255, 0, 0);
    palette[2] = qRgb(0, 255, 0);
    palette[3] = qRgb(0, 0, 255);
    canvas_.setPalette(palette);
    canvas_.setLabelOpacity(1);
    canvas_.setPredictionOpacity(1);
    canvas_.setLabels(&labels);
    canvas_.setPrediction({.mask = mask(2)});
    canvas_.setEarlierPrediction({.mask = mask(3)});
    const auto shown = [&](const CanvasLayers::Choice& overlays) {
        second_->setOverlays(overlays);
        return shownBySecond().pixelColor(second_->rect().center());
    };
    EXPECT_EQ(shown({.labels = true, .prediction = false}), QColor(255, 0, 0));
    EXPECT_EQ(shown({.labels = false, .prediction = true}), QColor(0, 255, 0));
    EXPECT_EQ(shown({.labels = false, .prediction = false, .earlierPrediction = true}), QColor(0, 0, 255));
    const QColor bare = shown({.labels = false, .prediction = false});
    EXPECT_NEAR(bare.red(), 100, 2);
    canvas_.setOverlayVisible(false);
    EXPECT_EQ(shown({.labels = true, .prediction = false}), QColor(255, 0, 0)) << "that is of the first view";
    canvas_.setImage(testing::plainPicture(kSize, {9, 9, 9}));
    EXPECT_EQ(shown({.labels = false, .prediction = false, .earlierPrediction = true}), QColor(9, 9, 9))
        << "what was predicted goes with the image";
}

/// The parts of a widget that are painted.
class PaintWatch : public QObject {
  public:
    explicit PaintWatch(QWidget& watched) { watched.installEventFilter(this); }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) painted += static_cast<QPaintEvent*>(event)->region();
        return QObject::eventFilter(watched, event);
    }
    QRegion painted;
};

TEST_F(LinkedViewTest, ALabelThatChangesIsPaintedThereAndNothingElse) {
    place({300, 220});
    LabelMap labels(kSize);
    canvas_.setLabels(&labels);
    second_->repaint();
    QCoreApplication::processEvents();
    PaintWatch watch(*second_);
    labels.fill({90, 70, 10, 10}, 1);
    canvas_.refreshLabels({90, 70, 10, 10});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !watch.painted.isEmpty(); }));
    EXPECT_TRUE(watch.painted.contains(secondAt({95, 75})));
    EXPECT_LT(watch.painted.boundingRect().width(), 40);
}

TEST_F(LinkedViewTest, OnceItIsHiddenNothingIsSeenOfIt) {
    place({500, 400});
    canvas_.zoomTo(6);
    EXPECT_NE(canvas_.seenRect(), canvas_.visibleRect());
    QTest::mouseMove(second_, {50, 50});
    second_->hide();
    EXPECT_EQ(canvas_.seenRect(), canvas_.visibleRect());
    canvas_.fit();
    const QRectF image = canvas_.transform().viewFromImage(RectInImage::ofSize(kSize));
    EXPECT_TRUE(QRectF(canvas_.rect()).contains(image));
}

TEST_F(LinkedViewTest, ThreeViewsPanZoomTurnAndPaintAsOne) {
    LinkedView third(canvas_, &window_);
    third.setOverlays({.labels = true, .prediction = true});
    third.setGeometry(QRect(QPoint(450, 310), QSize(300, 180)));
    third.show();
    place({260, 300});
    canvas_.fit();
    const QRectF image = canvas_.transform().viewFromImage(RectInImage::ofSize(kSize));
    EXPECT_TRUE(QRectF(canvas_.linkedInView(second_->size())).contains(image));
    EXPECT_TRUE(QRectF(canvas_.linkedInView(third.size())).contains(image));
    turnWheel(third, {100, 90}, 120);
    drag(*second_, Qt::MiddleButton, {130, 150}, {150, 141});
    canvas_.turn(1);
    canvas_.endHover();
    const QRect common = canvas_.linkedInView(second_->size()) & canvas_.linkedInView(third.size());
    const QImage byCanvas = shownByCanvas().copy(common);
    for (LinkedView* view : {second_, &third}) {
        const QImage shown = view->grab().toImage();
        EXPECT_LT(unlikeShare(byCanvas, shown.copy(common.translated(-view->wayToCanvas()))), 0.01);
    }
    std::vector<PointInImage> points;
    QObject::connect(&canvas_, &CanvasView::pressed,
                     [&](PointInImage point, bool) { points.push_back(point); });
    const PointInImage wanted =
        canvas_.transform().imageFromView(third.rect().center() + third.wayToCanvas());
    drag(third, Qt::LeftButton, third.rect().center(), third.rect().center() + QPoint(10, 0));
    EXPECT_THAT(points, ::testing::ElementsAre(wanted));
}

TEST_F(LinkedViewTest, TheCrossIsInAllViewsButTheOneThatIsPointedAt) {
    LinkedView third(canvas_, &window_);
    third.setGeometry(QRect(QPoint(450, 310), QSize(300, 180)));
    third.show();
    canvas_.setBrushDiameter(0);
    const auto shown = [&] { return std::vector{shownByCanvas(), shownBySecond(), third.grab().toImage()}; };
    const std::vector<QImage> bare = shown();
    QTest::mouseMove(&third, third.rect().center());
    EXPECT_NE(shown()[0], bare[0]);
    EXPECT_NE(shown()[1], bare[1]);
    EXPECT_EQ(shown()[2], bare[2]);
    second_->hide();
    EXPECT_EQ(third.grab().toImage(), bare[2]) << "the pointer is where it was";
    third.hide();
    canvas_.endHover();
    EXPECT_EQ(canvas_.seenRect(), canvas_.visibleRect());
}

TEST_F(LinkedViewTest, TilesAreAskedForWhereEitherSees) {
    const testing::TemporaryFolder folder;
    const PixelSize size{4096, 2048};
    testing::writeImage(folder / "a.tif", "GTiff", testing::randomPixels(size, 1, PixelType::UInt8),
                        {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"});
    const auto raster = LargeRaster::open(folder / "a.tif", {.wholeBytes = 1, .overviewSide = 64});
    ASSERT_TRUE(raster && *raster);
    auto image = std::make_shared<OpenedImage>();
    image->id = "large";
    image->pixels.size = size;
    image->raster = *raster;
    image->overview = std::make_shared<const PixelBuffer>(PixelBuffer{{64, 32}, 3, PixelType::UInt8, {}, {}});
    image->displayed = std::make_shared<const PixelBuffer>(
        PixelBuffer{{64, 32}, 3, PixelType::UInt8, std::vector<uint8_t>(64U * 32 * 3, 100), {}});
    std::vector<TileAddress> asked;
    QObject::connect(&canvas_, &CanvasView::tilesWanted,
                     [&](const std::vector<TileAddress>& tiles) { asked = tiles; });
    const auto countAt = [&](QSize second) {
        place(second);
        canvas_.setImage(image);
        canvas_.zoomTo(1);
        canvas_.grab();
        return asked.size();
    };
    const size_t alone = countAt({160, 120});
    EXPECT_GT(countAt({550, 480}), alone);
    second_->hide();
    canvas_.setImage(image);
    canvas_.zoomTo(1);
    canvas_.grab();
    EXPECT_EQ(asked.size(), alone) << "a hidden view asks for nothing";
}

}  // namespace
}  // namespace finebrush
