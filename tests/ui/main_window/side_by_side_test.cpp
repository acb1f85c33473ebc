#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/canvas/second_view.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

namespace finebrush {
namespace {

using testing::WindowFixture;

class SideBySideTest : public WindowFixture {
  protected:
    ~SideBySideTest() override {
        preferences_.setShows(ViewAid::SecondView, false);
        preferences_.setSecondContent(SecondContent::Image);
        preferences_.setSecondPlace(SecondPlace::ByShape);
        preferences_.setFirstShare(0.5);
    }

    void openImage() { openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})}); }
    SecondView* second() const { return window_.findChild<SecondView*>(); }
    void trigger(const char* action) { child<QAction>(action)->trigger(); }
    QPoint secondAt(PointInImage point) { return viewAt(point) - second()->wayToCanvas(); }
    QColor colourInSecond(PointInImage point) {
        return second()->grab().toImage().pixelColor(secondAt(point));
    }
    std::string title() const { return child<QToolButton>("SecondTitle")->text().toStdString(); }
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
    preferences_.setShows(ViewAid::SecondView, true);
    MainWindow again(bridge_, preferences_, engineLog_);
    EXPECT_EQ(again.findChild<SecondView*>(), nullptr);
    openImage();
    EXPECT_NE(again.findChild<SecondView*>(), nullptr) << "it was open when the window was closed";
    session().removeImage(session().images()[0].id);
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage() == nullptr; }, kPatience));
    EXPECT_EQ(again.findChild<SecondView*>(), nullptr);
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
    EXPECT_EQ(again.findChild<QToolButton*>(QStringLiteral("SecondTitle"))->text(), QStringLiteral("Labels"));
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
    auto* menu = child<QToolButton>("SecondTitle")->menu();
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu, child<QMenu>("SecondViewMenu"));
    QMetaObject::invokeMethod(
        menu,
        [this, menu] {
            menu->setActiveAction(child<QAction>("SideBySide"));
            QTest::keyClick(menu, Qt::Key_Return);
        },
        Qt::QueuedConnection);
    QTest::mousePress(child<QToolButton>("SecondTitle"), Qt::LeftButton);
    EXPECT_EQ(second(), nullptr);
}

}  // namespace
}  // namespace finebrush
