#include "ui/canvas/canvas_view.h"

#include "core/image/raster/large_raster.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/ui/support/pictures.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

constexpr Colour kGrey{90, 90, 90};

class CanvasViewTest : public ::testing::Test {
  protected:
    CanvasViewTest() {
        view_.resize(400, 300);
        view_.setImage(testing::plainPicture({200, 100}, kGrey));
        view_.setButtonKeys({QKeySequence(Qt::Key_Insert)}, {QKeySequence(Qt::SHIFT | Qt::Key_Insert)});
        view_.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&view_));
        connectStrokes();
    }

    void connectStrokes() {
        QObject::connect(&view_, &CanvasView::pressed, [this](PointInImage point, bool erases) {
            begun_.push_back(point);
            erases_ = erases;
        });
        QObject::connect(&view_, &CanvasView::dragged,
                         [this](PointInImage point) { extended_.push_back(point); });
    }

    QPoint viewAt(PointInImage point) const { return view_.transform().viewFromImage(point).toPoint(); }

    void turnWheel(QPointF position, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWheelEvent event(position, view_.mapToGlobal(position), QPoint(), QPoint(0, delta), Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view_, &event);
    }

    CanvasView view_;
    std::vector<PointInImage> begun_;
    std::vector<PointInImage> extended_;
    bool erases_ = false;
};

TEST_F(CanvasViewTest, TheWheelZoomsAtThePointer) {
    const QPointF pointer(150, 120);
    const PointInImage before = view_.transform().imageFromView(pointer);
    const double scale = view_.transform().scale();
    turnWheel(pointer, 120);
    EXPECT_GT(view_.transform().scale(), scale);
    const PointInImage after = view_.transform().imageFromView(pointer);
    EXPECT_NEAR(after.x, before.x, 1e-9);
    EXPECT_NEAR(after.y, before.y, 1e-9);
}

TEST_F(CanvasViewTest, ShiftAndWheelAskForAnotherBrushSize) {
    const QSignalSpy steps(&view_, &CanvasView::brushStepRequested);
    const double scale = view_.transform().scale();
    turnWheel({150, 120}, -120, Qt::ShiftModifier);
    ASSERT_EQ(steps.count(), 1);
    EXPECT_EQ(steps.first().first().toInt(), -1);
    EXPECT_EQ(view_.transform().scale(), scale);
}

TEST_F(CanvasViewTest, TheLeftButtonPaintsInTheImagesFrame) {
    const QSignalSpy finished(&view_, &CanvasView::released);
    QTest::mousePress(&view_, Qt::LeftButton, {}, viewAt({50, 40}));
    QTest::mouseMove(&view_, viewAt({70, 40}));
    QTest::mouseRelease(&view_, Qt::LeftButton, {}, viewAt({70, 40}));
    ASSERT_EQ(begun_.size(), 1u);
    EXPECT_NEAR(begun_[0].x, 50, 0.5);
    EXPECT_NEAR(begun_[0].y, 40, 0.5);
    EXPECT_FALSE(erases_);
    ASSERT_FALSE(extended_.empty());
    EXPECT_NEAR(extended_.back().x, 70, 0.5);
    EXPECT_EQ(finished.count(), 1);
}

TEST_F(CanvasViewTest, TheRightButtonErases) {
    QTest::mouseClick(&view_, Qt::RightButton, {}, viewAt({50, 40}));
    ASSERT_EQ(begun_.size(), 1u);
    EXPECT_TRUE(erases_);
}

TEST_F(CanvasViewTest, MiddleButtonSpaceAndPanModePanInsteadOfPainting) {
    auto drag = [this, from = QPoint(200, 150)](Qt::MouseButton button) mutable {
        const QPointF before = view_.transform().origin();
        const QPoint to = from + QPoint(30, 10);
        QTest::mousePress(&view_, button, {}, from);
        QTest::mouseMove(&view_, to);
        QTest::mouseRelease(&view_, button, {}, to);
        from = to;
        return view_.transform().origin() - before;
    };
    EXPECT_EQ(drag(Qt::MiddleButton), QPointF(30, 10));
    QTest::keyPress(&view_, Qt::Key_Space);
    EXPECT_EQ(drag(Qt::LeftButton), QPointF(30, 10));
    QTest::keyRelease(&view_, Qt::Key_Space);
    view_.setPanMode(true);
    EXPECT_EQ(drag(Qt::LeftButton), QPointF(30, 10));
    EXPECT_TRUE(begun_.empty());
}

TEST_F(CanvasViewTest, EscapeCancelsTheStroke) {
    const QSignalSpy cancelled(&view_, &CanvasView::cancelled);
    const QSignalSpy finished(&view_, &CanvasView::released);
    QTest::mousePress(&view_, Qt::LeftButton, {}, viewAt({50, 40}));
    QTest::keyClick(&view_, Qt::Key_Escape);
    QTest::mouseRelease(&view_, Qt::LeftButton, {}, viewAt({60, 40}));
    EXPECT_EQ(cancelled.count(), 1);
    EXPECT_EQ(finished.count(), 0);
}

TEST_F(CanvasViewTest, AnotherImageCancelsTheStroke) {
    const QSignalSpy cancelled(&view_, &CanvasView::cancelled);
    QTest::mousePress(&view_, Qt::LeftButton, {}, viewAt({50, 40}));
    view_.setImage(testing::plainPicture({20, 20}, kGrey));
    EXPECT_EQ(cancelled.count(), 1);
    QTest::mouseRelease(&view_, Qt::LeftButton, {}, QPoint(200, 150));
}

TEST_F(CanvasViewTest, LabelsAreBlendedOverTheImage) {
    LabelMap labels({200, 100});
    OverlayPalette palette{};
    palette[2] = qRgb(250, 10, 10);
    view_.setPalette(palette);
    view_.setLabels(&labels);
    view_.setLabelOpacity(0.5);
    const QPoint inside = viewAt({20.5, 20.5});
    EXPECT_EQ(view_.grab().toImage().pixelColor(inside), QColor(90, 90, 90));

    const std::vector<uint8_t> square(20 * 20, 2);
    labels.write({10, 10, 20, 20}, square);
    view_.refreshLabels({10, 10, 20, 20});
    const QColor blended = view_.grab().toImage().pixelColor(inside);
    EXPECT_NEAR(blended.red(), 170, 2);
    EXPECT_NEAR(blended.green(), 50, 2);

    view_.setOverlayVisible(false);
    EXPECT_EQ(view_.grab().toImage().pixelColor(inside), QColor(90, 90, 90));
}

TEST_F(CanvasViewTest, LabelsOfOtherViewsAreFainterAndLieWhereNothingIsLabelled) {
    LabelMap labels({200, 100});
    auto cross = std::make_shared<LabelMap>(PixelSize{200, 100});
    cross->fill({0, 0, 100, 100}, 2);
    OverlayPalette palette{};
    palette[1] = qRgb(10, 250, 10);
    palette[2] = qRgb(250, 10, 10);
    view_.setPalette(palette);
    view_.setLabels(&labels);
    view_.setLabelOpacity(1);
    const QColor bare(kGrey.red, kGrey.green, kGrey.blue);
    const auto colourAt = [this](PointInImage point) {
        return view_.grab().toImage().pixelColor(viewAt(point));
    };
    view_.setCrossLabels(cross);
    const QColor faint = colourAt({20.5, 20.5});
    EXPECT_GT(faint.red(), faint.green() + 30);
    EXPECT_LT(faint.red(), 240);
    EXPECT_EQ(colourAt({120.5, 20.5}), bare);

    labels.fill({10, 10, 20, 20}, 1);
    view_.refreshLabels({10, 10, 20, 20});
    EXPECT_EQ(colourAt({20.5, 20.5}), QColor(10, 250, 10));
    view_.setLabelOpacity(0.5);
    const QColor own = colourAt({20.5, 20.5});
    EXPECT_NEAR(own.red(), 50, 2) << "nothing shines through";
    view_.setCrossLabelsVisible(false);
    EXPECT_EQ(colourAt({50.5, 50.5}), bare);
    view_.setCrossLabelsVisible(true);
    EXPECT_NE(colourAt({50.5, 50.5}), bare);
    view_.setOverlayVisible(false);
    EXPECT_EQ(colourAt({50.5, 50.5}), bare);
    view_.setOverlayVisible(true);
    view_.setImage(testing::plainPicture({200, 100}, kGrey));
    EXPECT_EQ(colourAt({50.5, 50.5}), bare);
}

TEST_F(CanvasViewTest, ThePredictionIsALayerOfItsOwn) {
    auto mask = std::make_shared<IndexMask>(IndexMask{{200, 100}, std::vector<uint8_t>(200 * 100, 1)});
    OverlayPalette palette{};
    palette[1] = qRgb(10, 250, 10);
    view_.setPalette(palette);
    view_.setPrediction({.mask = mask});
    view_.setPredictionOpacity(1);
    const QPoint inside = viewAt({20.5, 20.5});
    EXPECT_EQ(view_.grab().toImage().pixelColor(inside), QColor(10, 250, 10));
    view_.setPrediction({});
    EXPECT_EQ(view_.grab().toImage().pixelColor(inside), QColor(90, 90, 90));
}

TEST_F(CanvasViewTest, TellsWhatIsPredictedAtAPixel) {
    EXPECT_EQ(view_.predictedAt(20, 20), kUnlabelled);
    auto mask = std::make_shared<IndexMask>(IndexMask{{200, 100}, std::vector<uint8_t>(200 * 100, 1)});
    mask->values[20 * 200 + 30] = 2;
    view_.setPrediction({.mask = mask});
    EXPECT_EQ(view_.predictedAt(30, 20), 2);
    EXPECT_EQ(view_.predictedAt(20, 30), 1);
    for (const auto& [x, y] : {std::pair(-1, 20), {20, -1}, {200, 20}, {20, 100}})
        EXPECT_EQ(view_.predictedAt(x, y), kUnlabelled);
    auto cells = std::make_shared<LabelMap>(PixelSize{200, 100});
    cells->fill({0, 0, 64, 64}, 3);
    view_.setPrediction({.cells = cells});
    EXPECT_EQ(view_.predictedAt(30, 20), 3);
    EXPECT_EQ(view_.predictedAt(100, 20), kUnlabelled);
    view_.setImage(testing::plainPicture({200, 100}, kGrey));
    EXPECT_EQ(view_.predictedAt(30, 20), kUnlabelled);
}

TEST_F(CanvasViewTest, TheWholeImageStaysShownWhenTheWindowGrows) {
    const double before = view_.transform().scale();
    view_.resize(800, 600);
    EXPECT_GT(view_.transform().scale(), before);
    view_.zoomTo(1);
    EXPECT_DOUBLE_EQ(view_.zoom(), 1);
    view_.resize(400, 300);
    EXPECT_DOUBLE_EQ(view_.zoom(), 1) << "a scale that the person chose stays";
}

TEST_F(CanvasViewTest, ASketchIsDrawnInTheImagesFrame) {
    OverlayPalette palette{};
    palette[1] = qRgb(255, 0, 0);
    view_.setPalette(palette);
    const auto colourAt = [this](PointInImage point) {
        return view_.grab().toImage().pixelColor(viewAt(point));
    };
    view_.setSketch(ToolSketch{{{20, 20}, {120, 20}, {120, 80}, {20, 80}}, 1});
    const QColor inside = colourAt({70, 50});
    EXPECT_GT(inside.red(), inside.green() + 30);
    EXPECT_EQ(colourAt({150, 50}), QColor(kGrey.red, kGrey.green, kGrey.blue));
    turnWheel(viewAt({70, 50}), -120);
    EXPECT_EQ(colourAt({70, 50}), inside);
    view_.setSketch(std::nullopt);
    EXPECT_EQ(colourAt({70, 50}), QColor(kGrey.red, kGrey.green, kGrey.blue));
}

TEST_F(CanvasViewTest, EnterBackspaceAndEscapeAreTheToolsWhileThereIsASketch) {
    const QSignalSpy complete(&view_, &CanvasView::completeRequested);
    const QSignalSpy back(&view_, &CanvasView::stepBackRequested);
    const QSignalSpy cancelled(&view_, &CanvasView::cancelled);
    const auto pressAll = [this] {
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Backspace, Qt::Key_Escape})
            QTest::keyClick(&view_, key);
        QTest::mouseDClick(&view_, Qt::LeftButton, {}, viewAt({50, 50}));
    };
    pressAll();
    EXPECT_EQ(complete.count() + back.count() + cancelled.count(), 0);
    view_.setSketch(ToolSketch{{{20, 20}}, 1, true, true});
    pressAll();
    EXPECT_EQ(complete.count(), 3);
    EXPECT_EQ(back.count(), 1);
    EXPECT_EQ(cancelled.count(), 1);
}

TEST_F(CanvasViewTest, AnotherImageCancelsWhatIsSketched) {
    const QSignalSpy cancelled(&view_, &CanvasView::cancelled);
    view_.setSketch(ToolSketch{{{20, 20}}, 1, true, true});
    view_.setImage(testing::plainPicture({50, 50}, kGrey));
    EXPECT_EQ(cancelled.count(), 1);
}

TEST_F(CanvasViewTest, AnotherLargeImageAsksForItsTilesAnew) {
    const testing::TemporaryFolder folder;
    const PixelSize size{512, 512};
    testing::writeImage(folder / "a.tif", "GTiff", testing::randomPixels(size, 1, PixelType::UInt8),
                        {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"});
    const auto raster = LargeRaster::open(folder / "a.tif", {.wholeBytes = 1, .overviewSide = 64});
    ASSERT_TRUE(raster && *raster);
    const auto large = [&](const char* id) {
        auto image = std::make_shared<OpenedImage>();
        image->id = id;
        image->pixels.size = size;
        image->raster = *raster;
        image->overview =
            std::make_shared<const PixelBuffer>(PixelBuffer{{64, 64}, 3, PixelType::UInt8, {}, {}});
        image->displayed = std::make_shared<const PixelBuffer>(
            PixelBuffer{{64, 64}, 3, PixelType::UInt8, std::vector<uint8_t>(64U * 64 * 3, 100), {}});
        return image;
    };
    int asked = 0;
    QObject::connect(&view_, &CanvasView::tilesWanted,
                     [&](const std::vector<TileAddress>& tiles) { asked += !tiles.empty(); });
    for (const char* id : {"one", "other"}) {
        view_.setImage(large(id));
        view_.grab();
    }
    EXPECT_EQ(asked, 2);
}

TEST_F(CanvasViewTest, LeavingTheImageEndsTheHover) {
    std::optional<PointInImage> hovered;
    QObject::connect(&view_, &CanvasView::hovered,
                     [&](std::optional<PointInImage> point) { hovered = point; });
    QTest::mouseMove(&view_, viewAt({30, 30}));
    EXPECT_TRUE(hovered.has_value());
    QTest::mouseMove(&view_, QPoint(1, 1));
    EXPECT_FALSE(hovered.has_value());
}

// ---- turning

TEST_F(CanvasViewTest, ATurnedViewPaintsWhereThePointerIs) {
    view_.zoomTo(3);
    for (int turn = 0; turn < 4; ++turn) {
        for (const PointInImage point : {PointInImage{100.5, 50.5}, {95.25, 58}, {110, 41}}) {
            begun_.clear();
            QTest::mouseClick(&view_, Qt::LeftButton, {}, viewAt(point));
            ASSERT_EQ(begun_.size(), 1U) << turn << " turns, " << point.x << ", " << point.y;
            EXPECT_NEAR(begun_[0].x, point.x, 0.5);
            EXPECT_NEAR(begun_[0].y, point.y, 0.5);
        }
        view_.turn(1);
    }
}

TEST_F(CanvasViewTest, ATurnedViewShowsEveryPixelWhereItBelongs) {
    const auto colourAt = [](int x, int y) {
        return Colour{static_cast<uint8_t>(x * 20), static_cast<uint8_t>(y * 30), 90};
    };
    LabelMap labels({12, 8});
    labels.fill({3, 2, 1, 1}, 1);
    OverlayPalette palette{};
    palette[1] = qRgb(1, 2, 3);
    for (int turn = 0; turn < 4; ++turn) {
        view_.setImage(testing::pictureOf({12, 8}, colourAt));
        view_.setPalette(palette);
        view_.setLabels(&labels);
        view_.setLabelOpacity(1);
        view_.setScaleBarVisible(false);
        const QImage shown = view_.grab().toImage();
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 12; ++x) {
                const Colour wanted = x == 3 && y == 2 ? Colour{1, 2, 3} : colourAt(x, y);
                EXPECT_EQ(shown.pixelColor(viewAt({x + 0.5, y + 0.5})),
                          QColor(wanted.red, wanted.green, wanted.blue))
                    << x << ", " << y << " after " << turn << " turns";
            }
        }
        view_.turn(1);
        EXPECT_EQ(view_.visibleRect(), (RectInImage{0, 0, 12, 8})) << "a fitted view stays fitted";
    }
}

TEST_F(CanvasViewTest, AStrokeInATurnedViewIsRedrawnWhereItIs) {
    LabelMap labels({200, 100});
    OverlayPalette palette{};
    palette[2] = qRgb(250, 10, 10);
    view_.setPalette(palette);
    view_.setLabels(&labels);
    view_.setLabelOpacity(1);
    view_.turn(3);
    labels.fill({10, 10, 20, 20}, 2);
    view_.refreshLabels({10, 10, 20, 20});
    EXPECT_EQ(view_.grab().toImage().pixelColor(viewAt({20.5, 20.5})), QColor(250, 10, 10));
}

// ---- zoom and place

TEST_F(CanvasViewTest, APlaceIsBroughtToTheMiddleAtAGivenZoom) {
    view_.zoomTo(8);
    EXPECT_DOUBLE_EQ(view_.zoom(), 8);
    view_.centreOn({150.5, 30.5});
    EXPECT_EQ(viewAt({150.5, 30.5}), QPoint(200, 150));
}

TEST_F(CanvasViewTest, ThePixelGridIsDrawnWhereThePixelsAreLarge) {
    view_.zoomTo(16);
    // The pixels of the screen that are not as the image, across some pixels of it.
    const auto linesSeen = [this] {
        const QImage shown = view_.grab().toImage();
        int lines = 0;
        for (int x = viewAt({90.5, 50.5}).x(); x < viewAt({95.5, 50.5}).x(); ++x)
            lines +=
                shown.pixelColor(x, viewAt({90.5, 50.5}).y()) != QColor(kGrey.red, kGrey.green, kGrey.blue);
        return lines;
    };
    EXPECT_EQ(linesSeen(), 0);
    view_.setGridVisible(true);
    EXPECT_EQ(linesSeen(), 10) << "five borders, dark and bright";
    view_.zoomTo(4);
    EXPECT_EQ(linesSeen(), 0);
}

TEST_F(CanvasViewTest, TheRuledGridStaysOnTheImageAtEveryZoom) {
    auto image = std::make_shared<OpenedImage>(*testing::plainPicture({200, 100}, kGrey));
    image->grid.size = {200, 100, 1};
    image->grid.patientFromVoxel = {{{0.5, 0, 0, 0}, {0, 0.5, 0, 0}, {0, 0, 1, 0}}};
    image->grid.hasSpacing = true;
    view_.setImage(image);
    view_.setScaleBarVisible(false);
    view_.setGridVisible(true);
    const auto isOnLine = [this](PointInImage point) {
        return view_.grab().toImage().pixelColor(viewAt(point)) != QColor(kGrey.red, kGrey.green, kGrey.blue);
    };
    view_.zoomTo(4);
    // 130 px of the view are 16.25 mm: a line each 10 mm, which are 20 px.
    for (const PointInImage middle : {PointInImage{100, 50}, PointInImage{83, 37}}) {
        view_.centreOn(middle);
        EXPECT_TRUE(isOnLine({80, 47.5}));
        EXPECT_TRUE(isOnLine({100, 47.5}));
        EXPECT_TRUE(isOnLine({92.5, 40}));
        EXPECT_FALSE(isOnLine({92.5, 47.5}));
        EXPECT_FALSE(isOnLine({90, 47.5}));
    }
    view_.zoomTo(1);
    EXPECT_FALSE(isOnLine({80, 47.5})) << "each 50 mm";
    EXPECT_TRUE(isOnLine({100, 47.5}));
    view_.setGridVisible(false);
    EXPECT_FALSE(isOnLine({100, 47.5}));
}

TEST_F(CanvasViewTest, TheScaleBarCanBeHidden) {
    const QPoint corner(20, 285);
    const auto colour = [&] { return view_.grab().toImage().pixelColor(corner); };
    view_.zoomTo(8);
    EXPECT_NE(colour(), QColor(kGrey.red, kGrey.green, kGrey.blue));
    view_.setScaleBarVisible(false);
    EXPECT_EQ(colour(), QColor(kGrey.red, kGrey.green, kGrey.blue));
}

TEST_F(CanvasViewTest, AnotherSliceIsShownAtTheSamePlace) {
    const auto slice = [](int index, SliceView view) {
        auto image = std::make_shared<OpenedImage>(*testing::plainPicture({200, 100}, kGrey));
        image->slice = SliceAddress{view, index, 0};
        return image;
    };
    view_.setImage(slice(3, SliceView::Axial));
    view_.zoomTo(8);
    view_.centreOn({150.5, 30.5});
    view_.setImage(slice(4, SliceView::Axial));
    EXPECT_DOUBLE_EQ(view_.zoom(), 8);
    EXPECT_EQ(viewAt({150.5, 30.5}), QPoint(200, 150));
    view_.setImage(slice(4, SliceView::Coronal));
    EXPECT_EQ(view_.visibleRect(), (RectInImage{0, 0, 200, 100}));
    view_.zoomTo(8);
    view_.setImage(testing::plainPicture({200, 100}, kGrey));
    EXPECT_EQ(view_.visibleRect(), (RectInImage{0, 0, 200, 100}));
}

TEST_F(CanvasViewTest, DrawsTheOverlaysThatAreWantedWhileTheyAreVisible) {
    LabelMap labels({200, 100});
    labels.fill({0, 0, 200, 100}, 2);
    OverlayPalette palette{};
    palette[2] = qRgb(250, 10, 10);
    view_.setPalette(palette);
    view_.setLabelOpacity(1);
    view_.setLabels(&labels);
    const QColor plain(kGrey.red, kGrey.green, kGrey.blue);
    const auto shown = [this] { return view_.grab().toImage().pixelColor(200, 150); };
    EXPECT_EQ(shown(), QColor(250, 10, 10));
    view_.setOverlays({.labels = false, .prediction = true});
    EXPECT_EQ(shown(), plain);
    view_.setOverlays({.labels = true, .prediction = false});
    EXPECT_EQ(shown(), QColor(250, 10, 10));
    view_.setOverlayVisible(false);
    EXPECT_EQ(shown(), plain);
}

// ---- comparing

TEST_F(CanvasViewTest, AComparisonShowsTwoSidesOfALineThatIsDragged) {
    auto mask = std::make_shared<IndexMask>(IndexMask{{200, 100}, std::vector<uint8_t>(200 * 100, 1)});
    LabelMap labels({200, 100});
    labels.fill({0, 0, 200, 100}, 2);
    OverlayPalette palette{};
    palette[1] = qRgb(10, 250, 10);
    palette[2] = qRgb(250, 10, 10);
    view_.setPalette(palette);
    view_.setLabels(&labels);
    view_.setPrediction({.mask = mask});
    view_.setLabelOpacity(1);
    view_.setPredictionOpacity(1);
    const QColor plain(kGrey.red, kGrey.green, kGrey.blue);
    const auto colourAt = [this](int x) { return view_.grab().toImage().pixelColor(x, 150); };
    view_.setComparison(Comparison::ImageAndOverlay);
    EXPECT_EQ(colourAt(150), plain);
    EXPECT_EQ(colourAt(250), QColor(250, 10, 10));
    view_.setComparison(Comparison::LabelsAndPrediction);
    EXPECT_EQ(colourAt(150), QColor(250, 10, 10));
    EXPECT_EQ(colourAt(250), QColor(10, 250, 10));

    auto* handle = view_.findChild<QWidget*>(QStringLiteral("SplitHandle"));
    ASSERT_TRUE(handle && handle->isVisible());
    const QPoint grip(handle->width() / 2, 100);
    QTest::mousePress(handle, Qt::LeftButton, {}, grip);
    QTest::mouseMove(handle, grip + QPoint(100, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, grip);
    EXPECT_EQ(colourAt(250), QColor(250, 10, 10));
    EXPECT_TRUE(begun_.empty()) << "the canvas knows nothing of the drag";
    view_.setComparison(Comparison::None);
    EXPECT_FALSE(handle->isVisible());
    EXPECT_EQ(colourAt(150), QColor(250, 10, 10));
}

TEST_F(CanvasViewTest, ArrowsPanTheView) {
    const QPointF before = view_.transform().origin();
    QTest::keyClick(&view_, Qt::Key_Right);
    EXPECT_EQ(view_.transform().origin() - before, QPointF(-300 / 8.0, 0)) << "an eighth of the shorter side";
    QTest::keyClick(&view_, Qt::Key_Left);
    EXPECT_EQ(view_.transform().origin(), before);
    QTest::keyClick(&view_, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(view_.transform().origin() - before, QPointF(150, 0));
    EXPECT_TRUE(begun_.empty());
}

TEST_F(CanvasViewTest, AStrokeIsDrawnByKeysAlone) {
    const QSignalSpy finished(&view_, &CanvasView::released);
    const QSignalSpy hovered(&view_, &CanvasView::hovered);
    QTest::keyClick(&view_, Qt::Key_Up, Qt::ControlModifier);
    EXPECT_EQ(hovered.count(), 1);
    ASSERT_TRUE(view_.pointedAt());
    const double step = 4 / view_.transform().scale();
    EXPECT_NEAR(view_.pointedAt()->x, 100, 0.01) << "from the middle of the view";
    EXPECT_NEAR(view_.pointedAt()->y, 50 - step, 0.01);

    QTest::keyPress(&view_, Qt::Key_Insert);
    for (int i = 0; i < 3; ++i) QTest::keyClick(&view_, Qt::Key_Right);
    QTest::mouseMove(&view_, {10, 10});
    EXPECT_EQ(finished.count(), 0);
    QTest::keyRelease(&view_, Qt::Key_Insert);
    ASSERT_EQ(begun_.size(), 1u);
    EXPECT_NEAR(begun_[0].x, 100, 0.01);
    EXPECT_FALSE(erases_);
    ASSERT_EQ(extended_.size(), 3u) << "the mouse waits";
    EXPECT_NEAR(extended_.back().x, 100 + 3 * step, 0.01);
    EXPECT_NEAR(extended_.back().y, 50 - step, 0.01);
    EXPECT_EQ(finished.count(), 1);
}

TEST_F(CanvasViewTest, OneStepOfTheKeysIsAPixelWhereItIsLarge) {
    view_.zoomTo(20);
    QTest::keyClick(&view_, Qt::Key_Left, Qt::ControlModifier);
    const PointInImage before = *view_.pointedAt();
    QTest::keyClick(&view_, Qt::Key_Left, Qt::ControlModifier);
    EXPECT_NEAR(view_.pointedAt()->x, before.x - 1, 1e-6);
}

TEST_F(CanvasViewTest, TheViewFollowsThePointerOfTheKeysWhichStaysOnTheImage) {
    view_.zoomTo(20);
    for (int i = 0; i < 210; ++i) QTest::keyClick(&view_, Qt::Key_Right, Qt::ControlModifier);
    ASSERT_TRUE(view_.pointedAt());
    EXPECT_NEAR(view_.pointedAt()->x, 199.5, 0.01);
    EXPECT_EQ(view_.visibleRect().right(), 200);
}

TEST_F(CanvasViewTest, AnArrowThatIsHeldMovesThePointerFaster) {
    const auto step = [this](bool isRepeat) {
        const double before = view_.pointedAt().value_or(PointInImage{100, 50}).x;
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Right, Qt::ControlModifier, QString(), isRepeat);
        QCoreApplication::sendEvent(&view_, &press);
        return view_.pointedAt()->x - before;
    };
    const double first = step(false);
    double last = first;
    for (int i = 0; i < 8; ++i) last = step(true);
    EXPECT_GT(last, 1.5 * first);
    EXPECT_NEAR(step(false), first, 1e-6);
}

TEST_F(CanvasViewTest, AnotherKeyIsTheRightButton) {
    QTest::keyClick(&view_, Qt::Key_Insert, Qt::ShiftModifier);
    ASSERT_EQ(begun_.size(), 1u);
    EXPECT_TRUE(erases_);
}

TEST_F(CanvasViewTest, AModifierThatIsLetGoFirstEndsNothing) {
    const QSignalSpy finished(&view_, &CanvasView::released);
    QTest::keyPress(&view_, Qt::Key_Insert, Qt::ShiftModifier);
    QTest::keyRelease(&view_, Qt::Key_Shift);
    EXPECT_EQ(finished.count(), 0);
    QTest::keyRelease(&view_, Qt::Key_Insert);
    EXPECT_EQ(finished.count(), 1);
}

TEST_F(CanvasViewTest, TheKeysOfTheButtonsAreThoseThatWereChosen) {
    const QSignalSpy finished(&view_, &CanvasView::released);
    view_.setButtonKeys({QKeySequence(Qt::Key_J)}, {});
    QTest::keyClick(&view_, Qt::Key_Insert);
    EXPECT_TRUE(begun_.empty());
    QTest::keyPress(&view_, Qt::Key_J);
    QTest::keyClick(&view_, Qt::Key_Right);
    EXPECT_EQ(finished.count(), 0);
    QTest::keyRelease(&view_, Qt::Key_J);
    EXPECT_EQ(begun_.size(), 1u);
    EXPECT_EQ(extended_.size(), 1u);
    EXPECT_EQ(finished.count(), 1);
}

TEST_F(CanvasViewTest, AClickIsMadeWhereTheKeysPoint) {
    const QSignalSpy finished(&view_, &CanvasView::released);
    QTest::keyClick(&view_, Qt::Key_Up, Qt::ControlModifier);
    const PointInImage pointed = view_.pointedAt().value();
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&view_, &leave);  // as a menu that opens
    view_.clickByKey(true);
    ASSERT_EQ(begun_.size(), 1u);
    EXPECT_NEAR(begun_[0].y, pointed.y, 0.01);
    EXPECT_TRUE(erases_);
    EXPECT_EQ(finished.count(), 1);
    view_.setPanMode(true);
    view_.clickByKey(false);
    EXPECT_EQ(begun_.size(), 1u);
}

TEST_F(CanvasViewTest, WhatAKeyHoldsEndsWithTheFocusOrByEscape) {
    const QSignalSpy finished(&view_, &CanvasView::released);
    const QSignalSpy cancelled(&view_, &CanvasView::cancelled);
    QTest::keyPress(&view_, Qt::Key_Insert);
    QFocusEvent away(QEvent::FocusOut);
    QCoreApplication::sendEvent(&view_, &away);
    EXPECT_EQ(finished.count(), 1);
    QTest::keyRelease(&view_, Qt::Key_Insert);
    EXPECT_EQ(finished.count(), 1);

    QTest::keyPress(&view_, Qt::Key_Insert);
    QTest::keyClick(&view_, Qt::Key_Escape);
    QTest::keyRelease(&view_, Qt::Key_Insert);
    EXPECT_EQ(cancelled.count(), 1);
    EXPECT_EQ(finished.count(), 1);
}

TEST_F(CanvasViewTest, ACrossShowsWhereTheKeysPointWithoutABrush) {
    view_.setBrushDiameter(0);
    const QImage before = view_.grab().toImage();
    QTest::keyClick(&view_, Qt::Key_Up, Qt::ControlModifier);
    EXPECT_NE(view_.grab().toImage(), before);
    QTest::mouseMove(&view_, viewAt({20, 20}));
    EXPECT_EQ(view_.grab().toImage(), before) << "the mouse has its own cursor";
}

}  // namespace
}  // namespace finebrush
