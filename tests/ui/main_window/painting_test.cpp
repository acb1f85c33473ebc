#include "tests/ui/support/window_fixture.h"

#include <QAction>

namespace finebrush {
namespace {

using testing::WindowFixture;

class PaintingTest : public WindowFixture {
  protected:
    PaintingTest() { openAndWait({makeImage(QStringLiteral("cells.png"), {200, 150})}); }

    int64_t pixelsOf(uint8_t value) { return session().labels().histogram()[value]; }
};

TEST_F(PaintingTest, ADragPaintsTheCurrentClassWithoutGaps) {
    QTest::keyClick(&window_, Qt::Key_2);
    const uint8_t value = session().classes().classes()[1].value;
    drag({30, 40}, {150, 40});
    for (int x = 30; x < 150; ++x) ASSERT_EQ(session().labels().at(x, 40), value) << x;
    EXPECT_EQ(session().labels().at(30, 80), kUnlabelled);
}

TEST_F(PaintingTest, TheClassesBeforeAndAfterAreAKeyAway) {
    const auto valueOf = [this](size_t place) { return session().classes().classes()[place].value; };
    QTest::keyClick(&window_, Qt::Key_1);
    QTest::keyClick(&window_, Qt::Key_Greater);
    drag({30, 40}, {150, 40});
    EXPECT_EQ(session().labels().at(60, 40), valueOf(1));
    QTest::keyClick(&window_, Qt::Key_Less);
    drag({30, 90}, {150, 90});
    EXPECT_EQ(session().labels().at(60, 90), valueOf(0));
}

TEST_F(PaintingTest, ADragIsOneStepOfTheHistory) {
    drag({30, 40}, {150, 40});
    drag({30, 90}, {150, 90});
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(session().labels().at(60, 90), kUnlabelled);
    EXPECT_NE(session().labels().at(60, 40), kUnlabelled);
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_NE(session().labels().at(60, 90), kUnlabelled);
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(&window_, Qt::Key_Y, Qt::ControlModifier);
    EXPECT_NE(session().labels().at(60, 90), kUnlabelled);
}

TEST_F(PaintingTest, TheRightButtonAndTheEraserErase) {
    drag({30, 40}, {150, 40});
    drag({60, 40}, {80, 40}, Qt::RightButton);
    EXPECT_EQ(session().labels().at(70, 40), kUnlabelled);
    QTest::keyClick(&window_, Qt::Key_E);
    drag({100, 40}, {110, 40});
    EXPECT_EQ(session().labels().at(105, 40), kUnlabelled);
    EXPECT_NE(session().labels().at(140, 40), kUnlabelled);
}

TEST_F(PaintingTest, AllLabelsOfAnImageGoInOneStep) {
    drag({30, 40}, {150, 40});
    drag({30, 90}, {150, 90});
    child<QAction>("ClearLabels")->trigger();
    EXPECT_TRUE(QTest::qWaitFor([this] { return session().labels().isEmpty(); }, kPatience));
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_NE(session().labels().at(60, 40), kUnlabelled);
    EXPECT_NE(session().labels().at(60, 90), kUnlabelled);
    child<QAction>("OnlyUnlabelled")->trigger();
    EXPECT_FALSE(child<QAction>("ClearLabels")->isEnabled()) << "nothing could be erased";
}

TEST_F(PaintingTest, EscapeLeavesTheLabelsAsTheyWere) {
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({30, 40}));
    QTest::mouseMove(&canvas(), viewAt({120, 40}));
    ASSERT_NE(session().labels().at(70, 40), kUnlabelled);
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, viewAt({120, 40}));
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
}

TEST_F(PaintingTest, TheSizeKeysChangeTheStroke) {
    drag({50, 40}, {50, 40});
    const int64_t before = pixelsOf(session().classes().classes()[0].value);
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    for (const int key : {Qt::Key_BracketRight, Qt::Key_Period}) QTest::keyClick(&window_, Qt::Key(key));
    drag({50, 40}, {50, 40});
    EXPECT_GT(pixelsOf(session().classes().classes()[0].value), before);
}

TEST_F(PaintingTest, ThePanToolDoesNotPaint) {
    QTest::keyClick(&window_, Qt::Key_H);
    drag({30, 40}, {60, 40});
    EXPECT_TRUE(session().labels().isEmpty());
}

TEST_F(PaintingTest, TheNextImageKeepsTheLabelsOfThisOne) {
    session().addImages({makeImage(QStringLiteral("second.png"), {80, 60}).toStdString()});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 2; }, kPatience));
    drag({30, 40}, {150, 40});
    const ImageId first = session().shownImage()->id;
    QTest::keyClick(&window_, Qt::Key_D);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().shownImage() && session().shownImage()->id != first; },
                                kPatience));
    EXPECT_TRUE(session().labels().isEmpty());
    QTest::keyClick(&window_, Qt::Key_A);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().shownImage() && session().shownImage()->id == first; },
                                kPatience));
    EXPECT_NE(session().labels().at(70, 40), kUnlabelled);
}

TEST_F(PaintingTest, TheOverlayKeysHideAndShow) {
    auto* toggle = child<QAction>("ToggleOverlay");
    QTest::keyClick(&window_, Qt::Key_T);
    EXPECT_FALSE(toggle->isChecked());
    QTest::keyClick(&window_, Qt::Key_V);
    EXPECT_TRUE(toggle->isChecked());
}

}  // namespace
}  // namespace finebrush
