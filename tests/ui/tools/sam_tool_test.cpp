#include "core/session/engine/mask_prompter.h"
#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QLabel>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::WindowFixture;

class SamToolTest : public WindowFixture {
  protected:
    SamToolTest() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {200, 150})});
        canvas().setFocus();
    }

    /// Takes the tool up, and has the engine look at the image.
    void begin() {
        press(Qt::Key_S);
        ASSERT_TRUE(QTest::qWaitFor([this] { return engine_.isRunning(); }, kPatience));
        engine_.say(messages::Hello());
        ASSERT_TRUE(
            QTest::qWaitFor([this] { return engine_.heard<messages::EmbedView>() != nullptr; }, kPatience));
        engine_.say(messages::ViewEmbedded{engine_.heard<messages::EmbedView>()->viewId});
    }
    /// Waits for a question about so many points, and answers: level n is a square of n + 10 px at (20, 30).
    void answer(size_t points, int usual = 1) {
        const auto asked = [&] {
            const auto* question = engine_.heard<messages::PromptMasks>();
            return question && question->request > answered_ && question->points.size() == points;
        };
        ASSERT_TRUE(QTest::qWaitFor(asked, kPatience));
        messages::ProposedMasks masks{engine_.heard<messages::PromptMasks>()->request, usual, {}};
        answered_ = masks.request;
        for (int level = 0; level < 4; ++level) {
            messages::ProposedMask mask{level, 0.6 + level * 0.1, {}};
            for (int y = 0; y < 10 + level; ++y)
                mask.spans.insert(mask.spans.end(), {20, 30 + y, 10 + level});
            masks.masks.push_back(mask);
        }
        engine_.say(masks);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&canvas(), key, modifiers);
    }
    void click(PointInImage point, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(&canvas(), button, modifiers, viewAt(point));
    }
    int64_t pixelsOf(uint8_t value) { return session().labels().histogram()[value]; }
    QString hint() const { return child<QLabel>("StatusHint")->text(); }
    MaskPrompter& prompter() { return session().prompter(); }
    const messages::PromptMasks& question() { return *engine_.heard<messages::PromptMasks>(); }
    /// The colour that the canvas shows at a point of the image.
    QColor shownAt(PointInImage point) { return canvas().grab().toImage().pixelColor(viewAt(point)); }

    int64_t answered_ = 0;
};

TEST_F(SamToolTest, TheKeyTakesItUpAndTheHintTellsThatTheImageIsLookedAt) {
    EXPECT_EQ(engine_.starts(), 0);
    press(Qt::Key_S);
    EXPECT_TRUE(child<QAction>("SamTool")->isChecked());
    EXPECT_THAT(hint().toStdString(), ::testing::HasSubstr("Looking at the image"));
    press(Qt::Key_B);
    begin();
    EXPECT_THAT(hint().toStdString(), ::testing::HasSubstr("Drag: box around the object"));
}

TEST_F(SamToolTest, AClickIsProposedAndEnterFillsTheCurrentClassAsOneStep) {
    begin();
    press(Qt::Key_2);
    click({50.5, 60.5});
    EXPECT_THAT(hint().toStdString(), ::testing::HasSubstr("Looking for the object"));
    answer(1);
    EXPECT_TRUE(question().points.front().isObject);
    EXPECT_NEAR(question().points.front().x, 50.5, 1);
    EXPECT_NEAR(question().points.front().y, 60.5, 1);
    EXPECT_THAT(hint().toStdString(), ::testing::HasSubstr("Mask 2/4 · IoU 70 %"));
    EXPECT_TRUE(session().labels().isEmpty());
    press(Qt::Key_Return);
    EXPECT_EQ(pixelsOf(1), 11 * 11);
    EXPECT_EQ(session().labels().at(20, 30), 1);
    EXPECT_FALSE(prompter().hasPrompts());
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
}

TEST_F(SamToolTest, TheRightButtonAndAltTellWhatItIsNot) {
    begin();
    click({50, 60});
    click({80, 60}, Qt::RightButton);
    click({90, 60}, Qt::LeftButton, Qt::AltModifier);
    const auto points = prompter().points();
    ASSERT_EQ(points.size(), 3u);
    EXPECT_TRUE(points[0].isObject);
    EXPECT_FALSE(points[1].isObject);
    EXPECT_FALSE(points[2].isObject);
}

TEST_F(SamToolTest, ADragIsABox) {
    begin();
    drag({100, 90}, {40, 30});
    ASSERT_TRUE(prompter().box());
    EXPECT_NEAR(prompter().box()->left, 40, 1);
    EXPECT_NEAR(prompter().box()->top, 30, 1);
    EXPECT_NEAR(prompter().box()->right, 100, 1);
    EXPECT_NEAR(prompter().box()->bottom, 90, 1);
    answer(0, 0);
    press(Qt::Key_Enter);
    EXPECT_EQ(pixelsOf(0), 10 * 10);
}

TEST_F(SamToolTest, TabGoesThroughTheMasksAndDoesNotLeaveTheCanvas) {
    begin();
    click({50, 60});
    answer(1);
    press(Qt::Key_Tab);
    press(Qt::Key_Tab);
    EXPECT_TRUE(canvas().hasFocus());
    EXPECT_THAT(hint().toStdString(), ::testing::HasSubstr("Mask 4/4"));
    press(Qt::Key_Backtab);
    press(Qt::Key_Return);
    EXPECT_EQ(pixelsOf(0), 12 * 12);
}

TEST_F(SamToolTest, BackspaceTakesTheLastPointBackAndEscapeAll) {
    begin();
    click({50, 60});
    click({80, 60}, Qt::RightButton);
    press(Qt::Key_Backspace);
    EXPECT_EQ(prompter().points().size(), 1u);
    click({70, 60});
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(prompter().points().size(), 1u);
    press(Qt::Key_Escape);
    EXPECT_FALSE(prompter().hasPrompts());
    press(Qt::Key_Return);
    EXPECT_TRUE(session().labels().isEmpty());
}

TEST_F(SamToolTest, ADoubleClickFillsAsSoonAsTheMaskHasCome) {
    begin();
    click({50, 60});
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, viewAt({50, 60}));
    EXPECT_TRUE(session().labels().isEmpty());
    ASSERT_EQ(prompter().points().size(), 1u);
    answer(1);
    EXPECT_EQ(pixelsOf(0), 11 * 11);
    EXPECT_FALSE(prompter().hasPrompts());
}

TEST_F(SamToolTest, LocksAndOnlyUnlabelledApply) {
    press(Qt::Key_R);
    drag({0, 0}, {25, 149});  // the first class
    const int64_t before = pixelsOf(0);
    press(Qt::Key_O);
    press(Qt::Key_2);
    begin();
    click({50, 60});
    answer(1);
    press(Qt::Key_Return);
    EXPECT_EQ(pixelsOf(0), before);
    EXPECT_NEAR(static_cast<double>(pixelsOf(1)), 11 * 6, 11);
}

TEST_F(SamToolTest, TheProposalIsSeenAndAnotherToolTakesItAway) {
    begin();
    const QColor plain = shownAt({25, 35});
    click({50, 60});
    answer(1);
    EXPECT_NE(shownAt({25, 35}), plain);
    EXPECT_EQ(shownAt({100, 100}), plain);
    const QColor mark = canvas().grab().toImage().pixelColor(viewAt({50, 60}) + QPoint(3, 3));
    EXPECT_GT(mark.green(), mark.red()) << "a green dot";
    press(Qt::Key_B);
    EXPECT_EQ(shownAt({25, 35}), plain);
    EXPECT_FALSE(prompter().hasPrompts());
}

TEST_F(SamToolTest, TheHoverIsProposedButEnterIsNotForIt) {
    begin();
    QTest::mouseMove(&canvas(), viewAt({50, 60}));
    answer(1);
    ASSERT_TRUE(prompter().proposal());
    EXPECT_TRUE(prompter().proposal()->isHover);
    const QColor shown = shownAt({25, 35});
    press(Qt::Key_Return);
    EXPECT_TRUE(session().labels().isEmpty());
    QTest::mouseMove(&canvas(), canvas().rect().topLeft() + QPoint(1, 1));
    EXPECT_FALSE(prompter().proposal());
    EXPECT_NE(shownAt({25, 35}), shown);
}

TEST_F(SamToolTest, ZoomingInHasTheCloserViewEmbedded) {
    begin();
    const RectInImage whole = engine_.heard<messages::EmbedView>()->rect;
    openAndWait({makeImage(QStringLiteral("large.png"), {1200, 900})});
    session().showImage(session().images().back().id);
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return session().shownImage()->pixels.size.width == 1200; }, kPatience));
    const auto rect = [this] { return engine_.heard<messages::EmbedView>()->rect; };
    ASSERT_TRUE(QTest::qWaitFor([&] { return rect() == RectInImage{0, 0, 1200, 900}; }, kPatience));
    EXPECT_NE(whole, rect());
    engine_.say(messages::ViewEmbedded{engine_.heard<messages::EmbedView>()->viewId});
    for (int i = 0; i < 8; ++i) press(Qt::Key_Plus, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return rect().width <= 600; }, kPatience));
    EXPECT_EQ(rect().intersected(canvas().visibleRect()), canvas().visibleRect());
}

}  // namespace
}  // namespace finebrush
