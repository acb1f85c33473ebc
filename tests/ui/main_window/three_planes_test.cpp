#include "ui/main_window/three_planes.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/canvas/plane_view.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QMouseEvent>
#include <QSplitter>
#include <QWheelEvent>

#include <vector>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::WindowFixture;

/// A volume of 60 × 50 × 7 voxels, 1 × 1 × 3 mm, whose voxel (i, j, k) is the pixel (i, j) of the axial slice
/// k, (i, 6 - k) of the coronal slice j and (j, 6 - k) of the sagittal slice i.
class ThreePlanesTest : public WindowFixture {
  protected:
    ~ThreePlanesTest() override { preferences_.setShows(ViewAid::ThreePlanes, false); }

    QString makeVolume() {
        const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
        testing::writeNifti(toPath(path), {60, 50, 7}, 1, 3);
        return path;
    }
    void openPlanes() {
        openAndWait({makeVolume()});
        trigger("ThreePlanes");
        ASSERT_EQ(sides().size(), 2);
        ASSERT_TRUE(waitForCaptions("Coronal 26 / 50", "Sagittal 31 / 60"));
    }
    void trigger(const char* action) { child<QAction>(action)->trigger(); }
    /// From top to bottom.
    QList<PlaneView*> sides() const { return window_.findChildren<PlaneView*>(); }
    CanvasView& pictureIn(int side) const { return sides().at(side)->picture(); }
    std::string captionOf(int side) const {
        return sides().at(side)->findChild<QLabel*>(QStringLiteral("PlaneCaption"))->text().toStdString();
    }
    bool waitForCaptions(const char* upper, const char* lower) const {
        return QTest::qWaitFor(
            [&] { return sides().size() == 2 && captionOf(0) == upper && captionOf(1) == lower; }, kPatience);
    }
    QPoint inPicture(int side, PointInImage point) const {
        return pictureIn(side).transform().viewFromImage(point).toPoint();
    }
    void turnWheel(CanvasView& view, int notches) {
        const QPointF middle = QRectF(view.rect()).center();
        QWheelEvent event(middle, view.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    }
    void moveOverCanvas(PointInImage point, Qt::KeyboardModifiers modifiers) {
        const QPointF place = viewAt(point);
        QMouseEvent event(QEvent::MouseMove, place, place, canvas().mapToGlobal(place), Qt::NoButton,
                          Qt::NoButton, modifiers);
        QApplication::sendEvent(&canvas(), &event);
    }
    /// Whether some pixel about a point of a picture is of the red of axial slices.
    static bool isRedAt(CanvasView& view, PointInImage point) {
        const QImage shown = view.grab().toImage();
        const QPoint middle = view.transform().viewFromImage(point).toPoint();
        for (int y = middle.y() - 1; y <= middle.y() + 1; ++y) {
            const QColor colour = shown.pixelColor(middle.x(), y);
            if (colour.red() > 200 && colour.green() < 120 && colour.blue() < 120) return true;
        }
        return false;
    }
};

TEST_F(ThreePlanesTest, RestWhereNoVolumeIsShown) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    EXPECT_FALSE(child<QAction>("ThreePlanes")->isEnabled());
    EXPECT_FALSE(child<QAction>("CrosshairHere")->isEnabled());
    EXPECT_THAT(sides(), IsEmpty());
}

TEST_F(ThreePlanesTest, ShowTheOtherPlanesThroughTheMiddleInTheirProportions) {
    openPlanes();
    EXPECT_TRUE(child<QAction>("ThreePlanes")->isChecked());
    EXPECT_EQ(pictureIn(0).imageSize(), (PixelSize{60, 7}));
    EXPECT_EQ(pictureIn(1).imageSize(), (PixelSize{50, 7}));
    EXPECT_EQ(pictureIn(0).transform().pixelShape(), QSizeF(1, 3));
    EXPECT_EQ(pictureIn(0).accessibleName().toStdString(), "Coronal 26 / 50");
    EXPECT_GT(canvas().width(), sides()[0]->width());
    EXPECT_GE(sides()[1]->y(), sides()[0]->geometry().bottom());
    EXPECT_TRUE(isRedAt(pictureIn(0), {10.5, 3.5}));
    EXPECT_EQ(session().images().size(), 1U);
    trigger("ThreePlanes");
    EXPECT_THAT(sides(), IsEmpty());
}

TEST_F(ThreePlanesTest, AClickInASideViewLeadsTheCanvasThere) {
    openPlanes();
    QTest::mouseClick(&pictureIn(0), Qt::LeftButton, {}, inPicture(0, {10.5, 1.5}));
    waitForSlice("axial:5");
    EXPECT_TRUE(waitForCaptions("Coronal 26 / 50", "Sagittal 11 / 60"));
    EXPECT_TRUE(isRedAt(pictureIn(1), {40.5, 1.5}));
    QTest::mouseClick(&pictureIn(1), Qt::RightButton, {}, inPicture(1, {40.5, 3.5}));
    QTest::mouseClick(&pictureIn(1), Qt::LeftButton, {}, inPicture(1, {20.5, 6.5}));
    waitForSlice("axial:0");
    EXPECT_TRUE(waitForCaptions("Coronal 21 / 50", "Sagittal 11 / 60"));
    EXPECT_TRUE(session().labels().isEmpty()) << "nothing is painted there";
}

TEST_F(ThreePlanesTest, WhileItIsDraggedOnlyTheOtherSideFollows) {
    openPlanes();
    QTest::mousePress(&pictureIn(0), Qt::LeftButton, {}, inPicture(0, {10.5, 1.5}));
    QTest::mouseMove(&pictureIn(0), inPicture(0, {5.5, 2.5}));
    EXPECT_TRUE(waitForCaptions("Coronal 26 / 50", "Sagittal 6 / 60"));
    EXPECT_EQ(session().shownImage()->slice, sliceFromText("axial:3"));
    QTest::mouseRelease(&pictureIn(0), Qt::LeftButton, {}, inPicture(0, {5.5, 2.5}));
    waitForSlice("axial:4");
}

TEST_F(ThreePlanesTest, TheWheelStepsThroughThePlaneUnderIt) {
    openPlanes();
    turnWheel(pictureIn(0), 1);
    EXPECT_TRUE(waitForCaptions("Coronal 27 / 50", "Sagittal 31 / 60"));
    turnWheel(pictureIn(1), -1);
    EXPECT_TRUE(waitForCaptions("Coronal 27 / 50", "Sagittal 30 / 60"));
    EXPECT_EQ(session().shownImage()->slice, sliceFromText("axial:3"));
}

TEST_F(ThreePlanesTest, OfManyStepsOnlyTheLastIsRead) {
    openPlanes();
    std::vector<SliceAddress> read;
    QObject::connect(&bridge_, &SessionBridge::planeRead, &window_,
                     [&](const PlaneRead& plane) { read.push_back(plane.slice); });
    for (int notch = 0; notch < 8; ++notch) turnWheel(pictureIn(0), 1);
    EXPECT_TRUE(waitForCaptions("Coronal 34 / 50", "Sagittal 31 / 60"));
    EXPECT_THAT(read, ElementsAre(SliceAddress{SliceView::Coronal, 33, 0}));
}

TEST_F(ThreePlanesTest, ShiftAndThePointerOrACommandMoveItInTheCanvas) {
    openPlanes();
    moveOverCanvas({40.5, 10.5}, Qt::NoModifier);
    moveOverCanvas({5.5, 12.5}, Qt::ShiftModifier);
    EXPECT_TRUE(waitForCaptions("Coronal 13 / 50", "Sagittal 6 / 60"));
    moveOverCanvas({40.5, 10.5}, Qt::NoModifier);
    QTest::keyClick(&window_, Qt::Key_X, Qt::ShiftModifier);
    EXPECT_TRUE(waitForCaptions("Coronal 11 / 50", "Sagittal 41 / 60"));
    EXPECT_EQ(session().shownImage()->slice, sliceFromText("axial:3"));
}

TEST_F(ThreePlanesTest, ItFollowsTheSliceOfTheCanvasAndTheViewThatIsChosen) {
    openPlanes();
    turnWheel(pictureIn(1), 1);
    QTest::keyClick(&window_, Qt::Key_PageDown);
    waitForSlice("axial:4");
    EXPECT_TRUE(waitForCaptions("Coronal 26 / 50", "Sagittal 32 / 60"));
    EXPECT_TRUE(isRedAt(pictureIn(0), {10.5, 2.5}));
    trigger("CoronalView");
    waitForSlice("coronal:25");
    EXPECT_TRUE(waitForCaptions("Axial 5 / 7", "Sagittal 32 / 60"));
}

TEST_F(ThreePlanesTest, WhatIsPaintedIsSeenAcross) {
    openPlanes();
    const uint8_t value = session().classes().classes()[0].value;
    drag({10.5, 25.5}, {50.5, 25.5});
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const auto& labels = sides().at(0)->plane().crossLabels;
            return labels && labels->at(20, 3) == value;
        },
        kPatience));
    EXPECT_EQ(sides().at(0)->plane().crossLabels->at(20, 2), kUnlabelled) << "another axial slice";
}

TEST_F(ThreePlanesTest, LeaveWithTheVolumeAndComeBackToTheSamePlace) {
    openPlanes();
    turnWheel(pictureIn(0), 1);
    const ImageId volume = session().shownImage()->id;
    session().addImages({toPath(makeImage(QStringLiteral("cells.png"), {60, 40}))});
    ASSERT_TRUE(QTest::qWaitFor([this] { return !session().shownImage()->slice; }, kPatience));
    EXPECT_THAT(sides(), IsEmpty());
    EXPECT_FALSE(child<QAction>("ThreePlanes")->isEnabled());
    session().showImage(volume);
    EXPECT_TRUE(waitForCaptions("Coronal 27 / 50", "Sagittal 31 / 60"));
    EXPECT_TRUE(child<QAction>("ThreePlanes")->isChecked());

    MainWindow again(bridge_, preferences_, engineLog_);
    EXPECT_EQ(again.findChildren<PlaneView*>().size(), 2) << "they were open when the window was closed";
}

TEST_F(ThreePlanesTest, APlaneThatCannotBeReadSaysSo) {
    openAndWait({makeVolume()});
    QFile::remove(folder_.filePath(QStringLiteral("brain.nii.gz")));
    trigger("ThreePlanes");
    EXPECT_TRUE(waitForCaptions("Coronal: cannot be shown", "Sagittal: cannot be shown"));
    EXPECT_THAT(pictureIn(0).accessibleDescription().toStdString(), HasSubstr("brain.nii.gz"));
}

TEST_F(ThreePlanesTest, WorkInAProjectThatIsOnlyShown) {
    testing::FakeEngine otherEngine;
    SessionBridge other(otherEngine.launcher(),
                        toPath(folder_.filePath(QStringLiteral("recovery of the other"))));
    const std::filesystem::path path = toPath(folder_.filePath(QStringLiteral("study.finebrush")));
    other.session().addImages({toPath(makeVolume())});
    ASSERT_TRUE(QTest::qWaitFor([&] { return other.session().shownImage() != nullptr; }, kPatience));
    other.session().saveProjectAs(path);
    ASSERT_TRUE(QTest::qWaitFor([&] { return other.session().projectPath() == path; }, kPatience));
    openAndWait({toQString(path)});
    ASSERT_TRUE(session().isReadOnly());
    trigger("ThreePlanes");
    ASSERT_TRUE(waitForCaptions("Coronal 26 / 50", "Sagittal 31 / 60"));
    QTest::mouseClick(&pictureIn(0), Qt::LeftButton, {}, inPicture(0, {10.5, 1.5}));
    waitForSlice("axial:5");
    EXPECT_TRUE(waitForCaptions("Coronal 26 / 50", "Sagittal 11 / 60"));
}

}  // namespace
}  // namespace finebrush
