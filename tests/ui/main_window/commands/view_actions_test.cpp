#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include <set>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

class ViewActionsTest : public WindowFixture {
  protected:
    ViewActionsTest() { openAndWait({makeImage(QStringLiteral("cells.png"), {800, 600})}); }
    ~ViewActionsTest() override {
        for (const ViewAid aid : {ViewAid::Minimap, ViewAid::ScaleBar, ViewAid::CrossLabels})
            preferences_.setShows(aid, true);
        for (const ViewAid aid : {ViewAid::Grid, ViewAid::Hatches}) preferences_.setShows(aid, false);
    }

    void trigger(const char* action) { child<QAction>(action)->trigger(); }
    PointInImage middle() { return canvas().transform().imageFromView(QRectF(canvas().rect()).center()); }
    void type(const QString& text) {
        child<QLineEdit>("GoToPlace")->setText(text);
        child<QDialog>("GoToDialog")->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    }
};

TEST_F(ViewActionsTest, EachZoomIsWhatItSays) {
    for (const auto& [action, zoom] :
         {std::pair("ZoomHalf", 0.5), std::pair("ActualSize", 1.0), std::pair("ZoomTwice", 2.0),
          std::pair("ZoomFourfold", 4.0), std::pair("ZoomEightfold", 8.0)}) {
        trigger(action);
        EXPECT_DOUBLE_EQ(canvas().zoom(), zoom) << action;
        EXPECT_TRUE(child<QMenu>("ZoomMenu")->actions().contains(child<QAction>(action))) << action;
    }
    trigger("Fit");
    EXPECT_LT(canvas().zoom(), 1);
}

TEST_F(ViewActionsTest, RestWhereThereIsNoImage) {
    session().removeImage(session().images()[0].id);
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage() == nullptr; }, kPatience));
    for (const char* action : {"Fit", "ZoomHalf", "TurnRight", "GoTo", "CompareOverlay"}) {
        EXPECT_FALSE(child<QAction>(action)->isEnabled()) << action;
    }
}

TEST_F(ViewActionsTest, ATurnChangesNothingButTheView) {
    drag({100, 100}, {300, 100});
    const LabelMap before = session().labels();
    QTest::keyClick(&window_, Qt::Key_R, Qt::ControlModifier);
    EXPECT_EQ(canvas().transform().quarterTurns(), 1);
    EXPECT_EQ(session().labels(), before);
    drag({100, 300}, {300, 300});
    EXPECT_EQ(session().labels().at(200, 300), 0);
    EXPECT_EQ(session().labels().at(200, 200), kUnlabelled);
    QTest::keyClick(&window_, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(canvas().transform().quarterTurns(), 0);
}

TEST_F(ViewActionsTest, FullScreenLeavesTheImageAloneAndGivesThePanelsBackAlsoInTheNextWindow) {
    const auto isShown = [](const MainWindow& window) {
        return window.findChild<QDockWidget*>(QStringLiteral("ClassesDock"))->isVisible();
    };
    const auto toggle = [](const MainWindow& window) {
        window.findChild<QAction*>(QStringLiteral("FullScreen"))->trigger();
    };
    ASSERT_TRUE(isShown(window_));
    toggle(window_);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !isShown(window_); }, kPatience));
    window_.close();

    MainWindow next(bridge_, preferences_, engineLog_);
    next.show();
    EXPECT_TRUE(QTest::qWaitFor([&] { return next.isFullScreen() && !isShown(next); }, kPatience));
    toggle(next);
    EXPECT_TRUE(QTest::qWaitFor([&] { return isShown(next); }, kPatience));
    preferences_.setWindowLayout({}, {});
}

TEST_F(ViewActionsTest, TheGridIsShownByItsCommandAndRemembered) {
    const QImage bare = canvas().grab().toImage();
    trigger("ShowPixelGrid");
    EXPECT_NE(canvas().grab().toImage(), bare);
    EXPECT_TRUE(preferences_.shows(ViewAid::Grid));
    trigger("ShowPixelGrid");
    EXPECT_EQ(canvas().grab().toImage(), bare);
    EXPECT_FALSE(preferences_.shows(ViewAid::Grid));
}

TEST_F(ViewActionsTest, APlaceThatIsTypedComesToTheMiddle) {
    trigger("ZoomEightfold");
    trigger("GoTo");
    type(QStringLiteral("120 80"));
    EXPECT_NEAR(middle().x, 120.5, 0.2);
    EXPECT_NEAR(middle().y, 80.5, 0.2);
}

TEST_F(ViewActionsTest, APlaceInThePatientIsShownOnItsSlice) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage()->slice.has_value(); }, kPatience));
    const SliceAddress slice = *session().shownImage()->slice;
    trigger("ZoomEightfold");
    const SliceAddress other{slice.view, slice.index - 2, slice.frame};
    const auto place = patientFromPixel(session().shownImage()->grid, other, {30.5, 20.5});
    ASSERT_TRUE(place);
    trigger("GoTo");
    child<QComboBox>("GoToFrame")->setCurrentIndex(1);
    type(QStringLiteral("%1 %2 %3").arg((*place)[0]).arg((*place)[1]).arg((*place)[2]));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().shownImage()->slice == other; }, kPatience));
    EXPECT_NEAR(middle().x, 30.5, 0.2);
    EXPECT_NEAR(middle().y, 20.5, 0.2);
}

TEST_F(ViewActionsTest, WhatIsNoPlaceIsExplainedAndTheViewStays) {
    trigger("ZoomEightfold");
    const PointInImage before = middle();
    trigger("GoTo");
    type(QStringLiteral("somewhere"));
    EXPECT_TRUE(child<QDialog>("GoToDialog")->isVisible());
    EXPECT_THAT(child<QLabel>("GoToProblem")->text().toStdString(), HasSubstr("two numbers"));
    type(QStringLiteral("800 10"));
    EXPECT_THAT(child<QLabel>("GoToProblem")->text().toStdString(), HasSubstr("outside the image"));
    EXPECT_EQ(middle(), before);
}

TEST_F(ViewActionsTest, TheOverviewIsHiddenByItsKeyAndStaysHidden) {
    auto* minimap = child<QWidget>("Minimap");
    trigger("ZoomEightfold");
    EXPECT_TRUE(minimap->isVisible());
    QTest::keyClick(&window_, Qt::Key_M);
    EXPECT_FALSE(minimap->isVisible());
    trigger("ZoomFourfold");
    EXPECT_FALSE(minimap->isVisible());
    EXPECT_FALSE(preferences_.shows(ViewAid::Minimap));
    QTest::keyClick(&window_, Qt::Key_M);
    EXPECT_TRUE(minimap->isVisible());
}

TEST_F(ViewActionsTest, AKeyHatchesTheClasses) {
    drag({100, 100}, {300, 100});
    trigger("ActualSize");
    const auto colours = [this] {
        const QImage shown = canvas().grab().toImage();
        std::set<QRgb> seen;
        for (int x = 150; x < 200; ++x) seen.insert(shown.pixel(viewAt({x + 0.5, 100.5})));
        return seen.size();
    };
    canvas().centreOn({200, 150});
    EXPECT_EQ(colours(), 1U);
    QTest::keyClick(&window_, Qt::Key_V, Qt::ShiftModifier);
    EXPECT_EQ(colours(), 2U);
    drag({100, 200}, {300, 200});
    EXPECT_EQ(session().labels().at(200, 200), 0);
}

TEST_F(ViewActionsTest, LabelsOfTheOtherViewsAreShownUntilTheyAreHidden) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    waitForSlice("axial:3");
    drag({10, 25}, {40, 25});
    trigger("CoronalView");
    waitForSlice("coronal:25");
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().crossLabels() != nullptr; }, kPatience));
    const auto colourAt = [this](PointInImage point) {
        return canvas().grab().toImage().pixelColor(viewAt(point));
    };
    ASSERT_TRUE(child<QAction>("ShowCrossLabels")->isChecked());
    const QColor crossed = colourAt({25.5, 3.5});
    const QColor beside = colourAt({25.5, 1.5});
    trigger("ShowCrossLabels");
    EXPECT_NE(colourAt({25.5, 3.5}), crossed);
    EXPECT_EQ(colourAt({25.5, 1.5}), beside);
    EXPECT_FALSE(preferences_.shows(ViewAid::CrossLabels));
    trigger("ShowCrossLabels");
    EXPECT_EQ(colourAt({25.5, 3.5}), crossed);
}

TEST_F(ViewActionsTest, OneComparisonTakesThePlaceOfTheOther) {
    auto* handle = child<QWidget>("SplitHandle");
    QTest::keyClick(&window_, Qt::Key_C);
    EXPECT_TRUE(handle->isVisible());
    QTest::keyClick(&window_, Qt::Key_C, Qt::ShiftModifier);
    EXPECT_TRUE(handle->isVisible());
    EXPECT_FALSE(child<QAction>("CompareOverlay")->isChecked());
    EXPECT_TRUE(child<QAction>("ComparePrediction")->isChecked());
    QTest::keyClick(&window_, Qt::Key_C, Qt::ShiftModifier);
    EXPECT_FALSE(handle->isVisible());
}

}  // namespace
}  // namespace finebrush
