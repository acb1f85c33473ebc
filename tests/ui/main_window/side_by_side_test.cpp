#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/canvas/linked_view.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

#include <utility>
#include <vector>

namespace finebrush {
namespace {

using testing::WindowFixture;

class SideBySideTest : public WindowFixture {
  protected:
    ~SideBySideTest() override {
        preferences_.setShows(ViewAid::SideBySide, false);
        preferences_.setLinkedContent(LinkedContent::Image);
        preferences_.setLinkedPlace(LinkedPlace::ByShape);
        for (const int views : {2, 3}) preferences_.setViewShares(QList<double>(views, 1.0 / views));
    }

    void openImage() { openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})}); }
    LinkedView* second() const { return window_.findChild<LinkedView*>(); }
    void trigger(const char* action) { child<QAction>(action)->trigger(); }
    QPoint secondAt(PointInImage point) { return viewAt(point) - second()->wayToCanvas(); }
    QColor colourInSecond(PointInImage point) { return colourIn(*second(), point); }
    QColor colourIn(LinkedView& view, PointInImage point) {
        return view.grab().toImage().pixelColor(viewAt(point) - view.wayToCanvas());
    }
    std::string title() const { return child<QToolButton>("LinkedTitle")->text().toStdString(); }
    /// From left to right.
    std::vector<LinkedView*> linkedViews() const {
        std::vector<LinkedView*> views;
        const auto* splitter = child<QSplitter>("SideBySide");
        for (int i = 1; i < splitter->count(); ++i)
            views.push_back(qobject_cast<LinkedView*>(splitter->widget(i)));
        return views;
    }
    QToolButton& titleIn(const LinkedView& view) const { return *view.findChild<QToolButton*>(); }
    QColor classColour(size_t place) {
        const LabelClass& entry = session().classes().classes()[place];
        return {entry.colour.red, entry.colour.green, entry.colour.blue};
    }
    void dragInSecond(PointInImage from, PointInImage to) {
        QTest::mousePress(second(), Qt::LeftButton, {}, secondAt(from));
        QTest::mouseMove(second(), secondAt(to));
        QTest::mouseRelease(second(), Qt::LeftButton, {}, secondAt(to));
    }
    /// Nearer to one colour than to another one.
    static bool isRather(const QColor& shown, const QColor& one, const QColor& other) {
        const auto distance = [&](const QColor& to) {
            return std::abs(shown.red() - to.red()) + std::abs(shown.green() - to.green()) +
                   std::abs(shown.blue() - to.blue());
        };
        return distance(one) < distance(other);
    }
};

TEST_F(SideBySideTest, IsOpenedAndClosedByItsKeyAndLeavesNothingBehind) {
    openImage();
    EXPECT_EQ(second(), nullptr);
    EXPECT_FALSE(child<QLabel>("FirstTitle")->isVisible());
    const int width = canvas().width();
    QTest::keyClick(&window_, Qt::Key_B, Qt::ControlModifier);
    ASSERT_NE(second(), nullptr);
    EXPECT_TRUE(second()->isVisible());
    EXPECT_TRUE(child<QLabel>("FirstTitle")->isVisible());
    EXPECT_NEAR(second()->width(), canvas().width(), 1);
    EXPECT_LT(canvas().width(), width);
    QTest::keyClick(&window_, Qt::Key_B, Qt::ControlModifier);
    EXPECT_EQ(second(), nullptr);
    EXPECT_FALSE(child<QLabel>("FirstTitle")->isVisible());
    EXPECT_EQ(canvas().width(), width);
    EXPECT_EQ(canvas().seenRect(), canvas().visibleRect());
}

TEST_F(SideBySideTest, IsThereOnlyWithAnImage) {
    EXPECT_FALSE(child<QAction>("SideBySide")->isEnabled());
    preferences_.setShows(ViewAid::SideBySide, true);
    MainWindow again(bridge_, preferences_, engineLog_);
    EXPECT_EQ(again.findChild<LinkedView*>(), nullptr);
    openImage();
    EXPECT_NE(again.findChild<LinkedView*>(), nullptr) << "it was open when the window was closed";
    session().removeImage(session().images()[0].id);
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage() == nullptr; }, kPatience));
    EXPECT_EQ(again.findChild<LinkedView*>(), nullptr);
}

TEST_F(SideBySideTest, AStrokeInEitherViewIsSeenInBothAndIsOneStep) {
    openImage();
    trigger("SecondShowsLabels");
    ASSERT_NE(second(), nullptr) << "a choice opens it";
    const QColor bare = colourInSecond({60, 40});
    dragInSecond({20, 40}, {100, 40});
    EXPECT_EQ(session().labels().at(60, 40), session().classes().classes()[0].value);
    EXPECT_NE(colourInSecond({60, 40}), bare);
    EXPECT_EQ(colourInSecond({60, 40}), canvas().grab().toImage().pixelColor(viewAt({60, 40})));
    drag({20, 70}, {100, 70});
    EXPECT_NE(colourInSecond({60, 70}), bare);
    for (int step = 0; step < 2; ++step) QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
    EXPECT_EQ(colourInSecond({60, 40}), bare);
}

TEST_F(SideBySideTest, ShowsWhatIsChosenAndItsTitleSaysSo) {
    openImage();
    trigger("SideBySide");
    EXPECT_EQ(title(), "Image");
    trigger("SecondShowsPrediction");
    EXPECT_EQ(title(), "Prediction: none yet");
    EXPECT_FALSE(child<QAction>("SecondShowsEarlier")->isEnabled());
    adaptUntilHeard();
    messages::Prediction first = predictionOf(session().classes().classes()[0].value);
    first.isFinal = false;
    engine_.say(first);
    engine_.say(predictionOf(session().classes().classes()[1].value));
    EXPECT_EQ(title(), "Prediction");
    EXPECT_EQ(child<QLabel>("FirstTitle")->text().toStdString(), "Labels and prediction");
    const QColor bare(90, 90, 90);
    const QColor prediction = colourInSecond({100, 80});
    EXPECT_TRUE(isRather(prediction, classColour(1), classColour(0)));
    EXPECT_TRUE(child<QAction>("SecondShowsEarlier")->isEnabled());
    trigger("SecondShowsEarlier");
    EXPECT_EQ(title(), "Prediction before");
    EXPECT_TRUE(isRather(colourInSecond({100, 80}), classColour(0), classColour(1)));
    trigger("SecondShowsLabels");
    EXPECT_EQ(title(), "Labels");
    EXPECT_EQ(colourInSecond({100, 80}), bare);
    EXPECT_NE(colourInSecond({40, 60}), bare);
    trigger("SecondShowsImage");
    EXPECT_EQ(colourInSecond({40, 60}), bare);
    QTest::keyClick(&window_, Qt::Key_T);
    EXPECT_EQ(child<QLabel>("FirstTitle")->text().toStdString(), "Image");
    trigger("ComparePrediction");
    EXPECT_EQ(child<QLabel>("FirstTitle")->text().toStdString(), "Labels | Prediction");
}

TEST_F(SideBySideTest, LiesByTheShapeOfTheWindowOrByChoice) {
    openImage();
    trigger("SideBySide");
    auto* splitter = child<QSplitter>("SideBySide");
    EXPECT_EQ(splitter->orientation(), Qt::Horizontal);
    splitter->resize(300, 700);
    EXPECT_EQ(splitter->orientation(), Qt::Vertical);
    EXPECT_NEAR(second()->height(), canvas().height(), 1);
    trigger("SecondBeside");
    EXPECT_EQ(splitter->orientation(), Qt::Horizontal);
    trigger("SecondBelow");
    EXPECT_EQ(splitter->orientation(), Qt::Vertical);
}

TEST_F(SideBySideTest, ChoicesAndSharesAreRemembered) {
    openImage();
    trigger("SecondShowsLabels");
    trigger("SecondBelow");
    auto* handle = child<QSplitter>("SideBySide")->handle(1);
    const QPoint middle = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, middle);
    QTest::mouseMove(handle, middle + QPoint(0, 60));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, middle + QPoint(0, 60));
    EXPECT_GT(canvas().height(), second()->height() + 80);

    MainWindow again(bridge_, preferences_, engineLog_);
    again.resize(1280, 800);
    again.show();
    const auto* splitter = again.findChild<QSplitter*>(QStringLiteral("SideBySide"));
    ASSERT_EQ(splitter->count(), 2);
    EXPECT_EQ(splitter->orientation(), Qt::Vertical);
    EXPECT_NEAR(splitter->sizes()[0], canvas().height(), 20);
    EXPECT_EQ(again.findChild<QToolButton*>(QStringLiteral("LinkedTitle"))->text(), QStringLiteral("Labels"));
    EXPECT_TRUE(again.findChild<QAction*>(QStringLiteral("SecondShowsLabels"))->isChecked());
}

TEST_F(SideBySideTest, TheBorderMovesByTheArrowKeysToo) {
    openImage();
    trigger("SideBySide");
    auto* handle = child<QSplitter>("SideBySide")->handle(1);
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), handle);
    const int before = canvas().width();
    QTest::keyClick(handle, Qt::Key_Left);
    EXPECT_EQ(canvas().width(), before - 20);
    QTest::keyClick(handle, Qt::Key_Down);
    EXPECT_EQ(canvas().width(), before - 20) << "not along the border";
    trigger("SecondBelow");
    const int height = canvas().height();
    QTest::keyClick(handle, Qt::Key_Down);
    EXPECT_EQ(canvas().height(), height + 20);
}

TEST_F(SideBySideTest, GoesThroughTheSlicesOfAVolumeWithTheCanvas) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    trigger("SecondShowsLabels");
    dragInSecond({10, 10}, {40, 10});
    EXPECT_EQ(session().labels().at(25, 10), 0);
    const QColor painted = colourInSecond({25, 10});
    QTest::keyClick(&window_, Qt::Key_PageDown);
    waitForSlice("axial:4");
    EXPECT_NE(colourInSecond({25, 10}), painted);
    EXPECT_TRUE(session().labels().isEmpty());
    QTest::keyClick(&window_, Qt::Key_PageUp);
    waitForSlice("axial:3");
    EXPECT_EQ(colourInSecond({25, 10}), painted);
}

TEST_F(SideBySideTest, ClosesFromTheMenuOfItsTitle) {
    openImage();
    trigger("SideBySide");
    auto* menu = child<QToolButton>("LinkedTitle")->menu();
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu, child<QMenu>("LinkedViewsMenu"));
    QMetaObject::invokeMethod(
        menu,
        [this, menu] {
            menu->setActiveAction(child<QAction>("SideBySide"));
            QTest::keyClick(menu, Qt::Key_Return);
        },
        Qt::QueuedConnection);
    QTest::mousePress(child<QToolButton>("LinkedTitle"), Qt::LeftButton);
    EXPECT_EQ(second(), nullptr);
}

// ---- three views

TEST_F(SideBySideTest, ThreeViewsShowImageLabelsAndPrediction) {
    openImage();
    adaptUntilHeard();
    engine_.say(predictionOf(session().classes().classes()[1].value));
    trigger("ThreeViews");
    const auto views = linkedViews();
    ASSERT_EQ(views.size(), 2U);
    EXPECT_EQ(window_.width(), 1280) << "the window has room for them";
    EXPECT_NEAR(views[0]->width(), canvas().width(), 2);
    EXPECT_NEAR(views[1]->width(), canvas().width(), 2);
    EXPECT_EQ(child<QLabel>("FirstTitle")->text().toStdString(), "Image");
    EXPECT_EQ(titleIn(*views[0]).text().toStdString(), "Labels");
    EXPECT_EQ(titleIn(*views[1]).text().toStdString(), "Prediction");
    EXPECT_EQ(titleIn(*views[1]).accessibleName().toStdString(), "View 3: Prediction");
    EXPECT_EQ(views[1]->accessibleName().toStdString(), "View 3: Prediction");

    const QColor bare(90, 90, 90);
    const PointInImage painted{40, 60}, empty{100, 80};  // by adaptUntilHeard
    const auto inCanvas = [this](PointInImage point) {
        return canvas().grab().toImage().pixelColor(viewAt(point));
    };
    EXPECT_EQ(inCanvas(painted), bare);
    EXPECT_NE(colourIn(*views[0], painted), bare);
    EXPECT_EQ(colourIn(*views[0], empty), bare);
    EXPECT_TRUE(isRather(colourIn(*views[1], empty), classColour(1), classColour(0)));
    EXPECT_FALSE(child<QAction>("ToggleOverlay")->isEnabled());

    trigger("SecondShowsLabels");
    EXPECT_EQ(linkedViews().size(), 1U);
    EXPECT_NE(inCanvas(empty), bare) << "labels and prediction are over the image again";
    EXPECT_TRUE(child<QAction>("ToggleOverlay")->isEnabled());
}

TEST_F(SideBySideTest, AStrokeInAnyOfThreeViewsIsSeenInThatOfTheLabels) {
    openImage();
    trigger("ThreeViews");
    const auto views = linkedViews();
    ASSERT_EQ(views.size(), 2U);
    const QColor bare(90, 90, 90);
    drag({20, 20}, {100, 20});
    EXPECT_NE(colourIn(*views[0], {60, 20}), bare);
    for (const auto& [view, row] : {std::pair(views[0], 45.0), std::pair(views[1], 70.0)}) {
        const QPoint from = viewAt({20, row}) - view->wayToCanvas();
        const QPoint to = viewAt({100, row}) - view->wayToCanvas();
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QTest::mouseMove(view, to);
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        EXPECT_NE(colourIn(*views[0], {60, row}), bare) << row;
        EXPECT_EQ(canvas().grab().toImage().pixelColor(viewAt({60, row})), bare) << row;
    }
    for (int step = 0; step < 3; ++step) QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(session().labels().isEmpty());
}

TEST_F(SideBySideTest, ThreeViewsAndTheirSharesAreRemembered) {
    openImage();
    trigger("ThreeViews");
    auto* splitter = child<QSplitter>("SideBySide");
    const int width = canvas().width();
    QTest::keyClick(splitter->handle(2), Qt::Key_Left);
    EXPECT_NEAR(canvas().width(), width, 1);
    EXPECT_NEAR(linkedViews()[0]->width(), width - 20, 2);

    MainWindow again(bridge_, preferences_, engineLog_);
    again.resize(1280, 800);
    again.show();
    const auto* other = again.findChild<QSplitter*>(QStringLiteral("SideBySide"));
    ASSERT_EQ(other->count(), 3);
    EXPECT_GT(other->sizes()[2], other->sizes()[1] + 20);
    EXPECT_TRUE(again.findChild<QAction*>(QStringLiteral("ThreeViews"))->isChecked());
    EXPECT_EQ(preferences_.viewShares(2), QList<double>({0.5, 0.5})) << "those of two views are their own";
}

TEST_F(SideBySideTest, TitlesAreElidedInNarrowViewsAndTheBordersStay) {
    openImage();
    trigger("ThreeViews");
    trigger("SecondBeside");
    auto* splitter = child<QSplitter>("SideBySide");
    splitter->resize(splitter->minimumSizeHint().width(), 400);
    for (const LinkedView* view : linkedViews()) {
        EXPECT_GE(view->width(), view->minimumWidth());
        EXPECT_TRUE(view->rect().contains(titleIn(*view).geometry()));
    }
    for (const int border : {1, 2}) EXPECT_GT(splitter->handle(border)->width(), 0);

    LinkedView& last = *linkedViews()[1];
    QToolButton& title = titleIn(last);
    QFont large = title.font();
    large.setPixelSize(60);
    title.setFont(large);
    splitter->resize(splitter->width() + 3, 400);
    EXPECT_TRUE(title.text().endsWith(QChar(0x2026))) << title.text().toStdString();
    EXPECT_TRUE(last.rect().contains(title.geometry()));
    EXPECT_TRUE(title.toolTip().startsWith(QStringLiteral("Prediction: none yet")));
    EXPECT_EQ(title.accessibleName().toStdString(), "View 3: Prediction: none yet");
}

TEST_F(SideBySideTest, TheSplitOfTheCanvasIsAsItIsBesideTwoViews) {
    openImage();
    drag({20, 20}, {100, 20});
    trigger("ThreeViews");
    trigger("CompareOverlay");
    EXPECT_EQ(child<QLabel>("FirstTitle")->text().toStdString(), "Image | Labels");
    EXPECT_TRUE(child<QWidget>("SplitHandle")->isVisible());
    trigger("CompareOverlay");
    EXPECT_EQ(child<QLabel>("FirstTitle")->text().toStdString(), "Image");
}

}  // namespace
}  // namespace finebrush
