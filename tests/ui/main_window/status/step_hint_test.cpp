#include "ui/main_window/status/step_hint.h"

#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace finebrush {
namespace {

using testing::WindowFixture;

class StepHintTest : public WindowFixture {
  protected:
    StepHintTest() {
        preferences_.setShowsSteps(true);
        openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    }
    ~StepHintTest() override {
        preferences_.setKeyProfile(KeyProfile::Finebrush);
        preferences_.setShowsSteps(true);
    }

    StepHint& hint() { return *child<StepHint>("StepHint"); }
    QToolButton& keys() { return *child<QToolButton>("KeyProfileButton"); }
    QAction& entry(KeyProfile profile) { return *keys().menu()->actions()[static_cast<int>(profile)]; }
    QKeySequence brushKey() { return child<QAction>("BrushTool")->shortcut(); }
};

TEST_F(StepHintTest, ACloseIsRemembered) {
    EXPECT_TRUE(hint().isVisible());
    QTest::mouseClick(child<QToolButton>("CloseSteps"), Qt::LeftButton);
    EXPECT_FALSE(hint().isVisible());
    EXPECT_FALSE(preferences_.showsSteps());
    openAndWait({makeImage(QStringLiteral("more.png"), {60, 40})});
    EXPECT_FALSE(hint().isVisible());
}

TEST_F(StepHintTest, TheNextStepComesFirstWhereThereIsNoRoomForAll) {
    const auto isShown = [&](const char* name) { return child<QWidget>(name)->isVisible(); };
    hint().resize(1200, hint().height());
    EXPECT_TRUE(isShown("Step1") && isShown("Step2") && isShown("Step3") && isShown("KeyProfileButton"));
    hint().resize(300, hint().height());
    EXPECT_TRUE(isShown("Step1"));
    EXPECT_FALSE(isShown("Step2") || isShown("Step3") || isShown("KeyProfileButton"));
}

TEST_F(StepHintTest, KeysOfAnotherProgramAreOneChoiceAway) {
    EXPECT_EQ(keys().text(), QStringLiteral("Keys: Finebrush"));
    const QKeySequence before = brushKey();
    entry(KeyProfile::Napari).trigger();
    EXPECT_EQ(preferences_.keyProfile(), KeyProfile::Napari);
    EXPECT_EQ(keys().text(), QStringLiteral("Keys: napari"));
    EXPECT_NE(brushKey(), before);
    EXPECT_EQ(brushKey(), QKeySequence(QStringLiteral("2")));
}

TEST_F(StepHintTest, TheMenuMarksTheProfileThatWasChosenElsewhere) {
    preferences_.setKeyProfile(KeyProfile::ItkSnap);
    EXPECT_EQ(keys().text(), QStringLiteral("Keys: ITK-SNAP"));
    emit keys().menu()->aboutToShow();
    EXPECT_TRUE(entry(KeyProfile::ItkSnap).isChecked());
    EXPECT_FALSE(entry(KeyProfile::Finebrush).isChecked());
}

TEST_F(StepHintTest, TheMenuEndsWithAllKeys) {
    EXPECT_EQ(keys().menu()->actions().back(), child<QAction>("EditKeys"));
    EXPECT_EQ(keyProfileTitles().size(), keys().menu()->actions().size() - 2);
}

TEST_F(StepHintTest, ItMarksWhatIsNext) {
    const auto* first = child<QLabel>("Step1");
    EXPECT_EQ(hint().step(), StepHint::Step::Paint);
    EXPECT_EQ(first->text(), QStringLiteral("1  Paint a few strokes per class"));
    QTest::keyClick(&window_, Qt::Key_1);
    drag({5, 5}, {30, 5});
    EXPECT_EQ(hint().step(), StepHint::Step::Paint) << "of one class nothing can be learned";
    EXPECT_EQ(first->text(), QStringLiteral("1  Paint a second class, to tell them apart"));
    QTest::keyClick(&window_, Qt::Key_2);
    drag({5, 35}, {30, 35});
    EXPECT_EQ(hint().step(), StepHint::Step::Adapt);
    EXPECT_EQ(first->text(), QStringLiteral("1  Paint a few strokes per class"));
}

TEST_F(StepHintTest, AResultCanBeAcceptedOnceNothingIsLearnedAnyMore) {
    openAndWait({makeImage(QStringLiteral("larger.png"), {120, 90})});
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return session().shownImage()->pixels.size.width == 120; }, kPatience));
    adaptUntilHeard();
    engine_.say(predictionOf(session().classes().classes()[1].value));
    ASSERT_TRUE(session().canAccept()) << "the preview";
    EXPECT_EQ(hint().step(), StepHint::Step::Adapt);
    engine_.say(messages::Adapted());
    EXPECT_EQ(hint().step(), StepHint::Step::Accept);
}

}  // namespace
}  // namespace finebrush
