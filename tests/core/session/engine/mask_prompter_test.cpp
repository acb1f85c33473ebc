#include "core/session/engine/mask_prompter.h"

#include "tests/core/session/session_fixture.h"

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = MaskPrompter::State;

class MaskPrompterTest : public testing::SessionTest {
  protected:
    MaskPrompterTest() { addPicture("cells.png"); }

    MaskPrompter& prompter() { return session->prompter(); }

    /// Takes the tool up and lets the engine start and look at the image.
    void begin() {
        prompter().takeUp();
        ASSERT_TRUE(engine.isRunning);
        engine.sayHello();
        embed(1);
        EXPECT_EQ(prompter().state(), State::Ready);
    }
    /// Waits for the n-th view to be asked for, and answers it.
    void embed(size_t count) {
        ASSERT_TRUE(queue.runUntil([&] { return views().size() == count; }));
        engine.say(messages::ViewEmbedded{views().back().viewId});
    }
    std::vector<messages::EmbedView> views() const { return engine.heard<messages::EmbedView>(); }
    std::vector<messages::PromptMasks> questions() const { return engine.heard<messages::PromptMasks>(); }
    bool waitForDisplay(const DisplayMapping& display) {
        return queue.runUntil([&] { return session->shownImage()->display == display; });
    }
    bool waitForQuestions(size_t count) {
        return queue.runUntil([&] { return questions().size() == count; });
    }
    /// Answers the newest question: level n is a row of n + 1 pixels.
    void answer(int usual = 0) {
        messages::ProposedMasks masks{questions().back().request, usual, {}};
        for (int level = 0; level < 4; ++level) {
            masks.masks.push_back({level, 0.5 + level * 0.1, {5, 5, level + 1}});
        }
        engine.say(masks);
    }
    int64_t proposedArea() { return prompter().proposal() ? prompter().proposal()->region->area() : -1; }
};

TEST_F(MaskPrompterTest, EmbedsWhatIsSeenAheadWhenTheToolIsTakenUp) {
    EXPECT_EQ(engine.starts, 0);
    EXPECT_EQ(prompter().state(), State::Resting);
    prompter().takeUp();
    EXPECT_EQ(prompter().state(), State::Preparing);
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([&] { return views().size() == 1; }));
    EXPECT_EQ(views()[0].rect, (RectInImage{0, 0, 60, 40}));
    EXPECT_EQ(views()[0].pixels.bytes, session->shownImage()->displayed->bytes);
    EXPECT_EQ(prompter().state(), State::Preparing);
    engine.say(messages::ViewEmbedded{views()[0].viewId});
    EXPECT_EQ(prompter().state(), State::Ready);
    EXPECT_THAT(questions(), IsEmpty());
}

TEST_F(MaskPrompterTest, AsksForMasksAndProposesTheUsualOne) {
    begin();
    prompter().addPoint({10.5, 20.25}, true);
    EXPECT_EQ(prompter().state(), State::Proposing);
    ASSERT_TRUE(waitForQuestions(1));
    EXPECT_EQ(questions()[0].viewId, views()[0].viewId);
    EXPECT_THAT(questions()[0].points, ElementsAre(messages::PromptPoint{10.5, 20.25, true}));
    EXPECT_FALSE(questions()[0].box);
    answer(2);
    ASSERT_TRUE(prompter().isSettled());
    EXPECT_EQ(proposedArea(), 3);
    EXPECT_DOUBLE_EQ(prompter().proposal()->iou, 0.7);
    EXPECT_EQ(prompter().proposal()->count, 4);
    EXPECT_FALSE(prompter().proposal()->isHover);
    EXPECT_TRUE(session->labels().isEmpty()) << "a proposal is no label";
}

TEST_F(MaskPrompterTest, GoesThroughTheMasksBothWays) {
    begin();
    prompter().addPoint({10, 20}, true);
    ASSERT_TRUE(waitForQuestions(1));
    answer(3);
    prompter().chooseNext(1);
    EXPECT_EQ(proposedArea(), 1);
    prompter().chooseNext(-1);
    prompter().chooseNext(-1);
    EXPECT_EQ(proposedArea(), 3);
}

TEST_F(MaskPrompterTest, KeepsTheOrderOfPromptsAndTakesTheLastOneBack) {
    begin();
    prompter().addPoint({10, 20}, true);
    prompter().setBox({30, 35}, {2, -4});
    prompter().addPoint({12, 22}, false);
    ASSERT_TRUE(prompter().box());
    EXPECT_EQ(*prompter().box(), (messages::PromptBox{2, 0, 30, 35}));
    EXPECT_EQ(prompter().points().size(), 2u);
    prompter().removeLast();
    EXPECT_EQ(prompter().points().size(), 1u);
    prompter().removeLast();
    EXPECT_FALSE(prompter().box());
    prompter().removeLast();
    prompter().removeLast();
    EXPECT_FALSE(prompter().hasPrompts());
    EXPECT_FALSE(prompter().proposal());
}

TEST_F(MaskPrompterTest, AsksOneQuestionAtATimeAndThenTheNewest) {
    begin();
    prompter().addPoint({10, 20}, true);
    ASSERT_TRUE(waitForQuestions(1));
    prompter().addPoint({11, 20}, true);
    prompter().addPoint({12, 20}, false);
    queue.runPosted();
    EXPECT_EQ(questions().size(), 1u);
    answer();
    EXPECT_FALSE(prompter().isSettled());
    ASSERT_TRUE(waitForQuestions(2));
    EXPECT_EQ(questions()[1].points.size(), 3u);
    answer();
    EXPECT_TRUE(prompter().isSettled());
}

TEST_F(MaskPrompterTest, TheNewestHoverIsAskedAndAClickGoesBeforeIt) {
    begin();
    for (int x = 1; x < 9; ++x) prompter().hover(PointInImage{double(x), 3});
    ASSERT_TRUE(waitForQuestions(1));
    answer();
    EXPECT_TRUE(prompter().proposal()->isHover);
    EXPECT_FALSE(prompter().isSettled());
    ASSERT_TRUE(waitForQuestions(2));
    EXPECT_EQ(questions()[1].points.front().x, 8);
    prompter().addPoint({20, 20}, true);
    answer();
    ASSERT_TRUE(waitForQuestions(3));
    EXPECT_EQ(questions()[2].points.front().x, 20);
    answer();
    EXPECT_FALSE(prompter().proposal()->isHover);
    prompter().clear();
    EXPECT_FALSE(prompter().proposal());
}

TEST_F(MaskPrompterTest, AHoverLeavesWithThePointer) {
    begin();
    prompter().hover(PointInImage{8, 3});
    ASSERT_TRUE(waitForQuestions(1));
    answer();
    prompter().hover(std::nullopt);
    EXPECT_FALSE(prompter().proposal());
}

TEST_F(MaskPrompterTest, WhileTrainingClicksAreAskedAndHoversAreNot) {
    paintTwoClasses();
    beginAdaptation();
    prompter().takeUp();
    embed(1);
    prompter().hover(PointInImage{8, 3});
    queue.runPosted();
    EXPECT_THAT(questions(), IsEmpty());
    prompter().addPoint({8, 3}, true);
    ASSERT_TRUE(waitForQuestions(1));
    answer();
    EXPECT_TRUE(prompter().isSettled());
    EXPECT_EQ(session->engineState(), EngineState::Adapting);
}

/// A prompter of its own, whose engine takes as long as the test wants.
class TimedPrompterTest : public MaskPrompterTest {
  protected:
    using Milliseconds = std::chrono::milliseconds;

    void SetUp() override {
        timed.takeUp();
        ASSERT_EQ(asked.size(), 1u);
        timed.on(messages::ViewEmbedded{std::get<messages::EmbedView>(asked[0]).viewId});
        asked.clear();
    }
    void answerAfter(Milliseconds time) {
        ASSERT_FALSE(asked.empty());
        now += time;
        timed.on(messages::ProposedMasks{
            std::get<messages::PromptMasks>(asked.back()).request, 0, {{0, 0.5, {5, 5, 1}}}});
    }

    std::vector<messages::ToEngine> asked;
    MaskPrompter::Clock::time_point now;
    MaskPrompter timed{{.wish = [] {},
                        .ask =
                            [this](const MaskPrompter::Engine::MakeMessage& make) {
                                asked.push_back(make());
                                return true;
                            },
                        .state = [] { return EngineState::Idle; }},
                       [this] { return session->shownImage(); },
                       [](const SessionEvent&) {},
                       [this] { return now; }};
};

TEST_F(TimedPrompterTest, HoversStopWhereAnswersAreSlowUntilAClickIsAnsweredFast) {
    timed.hover(PointInImage{1, 3});
    answerAfter(Milliseconds(2000));
    timed.hover(PointInImage{2, 3});
    ASSERT_EQ(asked.size(), 2u) << "one answer alone tells little";
    timed.hover(PointInImage{3, 3});
    answerAfter(Milliseconds(500));
    EXPECT_TRUE(timed.proposal());
    timed.hover(PointInImage{4, 3});
    EXPECT_EQ(asked.size(), 2u);
    EXPECT_FALSE(timed.proposal()) << "it is of where the pointer was";

    timed.addPoint({20, 20}, true);
    ASSERT_EQ(asked.size(), 3u);
    answerAfter(Milliseconds(500));
    EXPECT_TRUE(timed.isSettled());
    timed.clear();
    timed.hover(PointInImage{5, 3});
    EXPECT_EQ(asked.size(), 3u);

    timed.addPoint({20, 20}, true);
    answerAfter(Milliseconds(100));
    timed.clear();
    timed.hover(PointInImage{6, 3});
    EXPECT_EQ(asked.size(), 5u);
}

TEST_F(TimedPrompterTest, HoversGoOnWhereOneAnswerInAWhileIsSlow) {
    for (int x = 1; x < 9; ++x) {
        timed.hover(PointInImage{double(x), 3});
        ASSERT_EQ(asked.size(), size_t(x));
        answerAfter(Milliseconds(x % 2 == 0 ? 100 : 900));
    }
}

TEST_F(TimedPrompterTest, AnotherNetworkIsAskedNothingWherePointerAndPromptsAreGone) {
    timed.hover(PointInImage{5, 3});
    answerAfter(Milliseconds(100));
    timed.hover(std::nullopt);
    timed.modelChanged();
    timed.on(messages::ViewEmbedded{std::get<messages::EmbedView>(asked.back()).viewId});
    EXPECT_TRUE(std::holds_alternative<messages::EmbedView>(asked.back()));
}

TEST_F(TimedPrompterTest, AnotherNetworkIsTriedAnew) {
    for (int x = 1; x < 3; ++x) {
        timed.hover(PointInImage{double(x), 3});
        answerAfter(Milliseconds(900));
    }
    timed.modelChanged();
    timed.on(messages::ViewEmbedded{std::get<messages::EmbedView>(asked.back()).viewId});
    timed.hover(PointInImage{5, 3});
    EXPECT_TRUE(std::holds_alternative<messages::PromptMasks>(asked.back()));
}

TEST_F(MaskPrompterTest, AFailureIsToldDoesNotEndTheTrainingAndMayBeTriedAgain) {
    paintTwoClasses();
    beginAdaptation();
    prompter().takeUp();
    ASSERT_TRUE(queue.runUntil([&] { return views().size() == 1; }));
    engine.say(messages::PromptFailed{views()[0].viewId, {ErrorCode::OutOfMemory, {"cuda:0"}, {}}});
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::OutOfMemory));
    EXPECT_EQ(prompter().state(), State::Failed);
    EXPECT_EQ(session->engineState(), EngineState::Adapting);
    queue.runPosted();
    EXPECT_EQ(views().size(), 1u) << "not by itself";
    prompter().addPoint({8, 3}, true);
    embed(2);
    EXPECT_TRUE(waitForQuestions(1));
}

TEST_F(MaskPrompterTest, AnotherImageForgetsThePromptsAndIsEmbedded) {
    begin();
    prompter().addPoint({10, 20}, true);
    ASSERT_TRUE(waitForQuestions(1));
    const messages::PromptMasks late = questions()[0];
    addPicture("other.png", {50, 30});
    EXPECT_FALSE(prompter().hasPrompts());
    ASSERT_TRUE(queue.runUntil([&] { return views().size() == 2; }));
    EXPECT_EQ(views()[1].rect, (RectInImage{0, 0, 50, 30}));
    engine.say(messages::ProposedMasks{late.request, 0, {{0, 0.5, {1, 1, 1}}}});
    EXPECT_FALSE(prompter().proposal()) << "it was of the image of before";
}

TEST_F(MaskPrompterTest, ACloserLookIsEmbeddedUnlessPromptsAreOpen) {
    addPicture("large.png", {1000, 1000});
    begin();
    prompter().setVisible({600, 600, 100, 100});
    embed(2);
    EXPECT_LT(views()[1].rect.width, 400);
    EXPECT_EQ(views()[1].pixels.size.width, views()[1].rect.width);
    prompter().addPoint({650, 650}, true);
    ASSERT_TRUE(waitForQuestions(1));
    answer();
    prompter().setVisible({0, 0, 1000, 1000});
    queue.runPosted();
    EXPECT_EQ(views().size(), 2u) << "the prompts stay on their view";
    prompter().addPoint({100, 100}, true);
    ASSERT_TRUE(queue.runUntil([&] { return views().size() == 3; }));
    EXPECT_EQ(views()[2].rect, (RectInImage{0, 0, 1000, 1000}));
}

TEST_F(MaskPrompterTest, AnotherDisplayIsEmbeddedOnceItIsChosenAndThePromptsAreAskedAgain) {
    begin();
    prompter().addPoint({10, 20}, true);
    ASSERT_TRUE(waitForQuestions(1));
    answer();
    session->previewDisplay({0, 20});
    ASSERT_TRUE(waitForDisplay({0, 20}));
    prompter().addPoint({12, 20}, false);
    ASSERT_TRUE(waitForQuestions(2)) << "what somebody tries out is not embedded";
    EXPECT_EQ(questions()[1].viewId, views()[0].viewId);
    answer();
    EXPECT_TRUE(prompter().isSettled());

    session->setDisplay({0, 30});
    ASSERT_TRUE(waitForDisplay({0, 30}));
    EXPECT_FALSE(prompter().isSettled()) << "the proposal is of another picture";
    embed(2);
    EXPECT_EQ(views()[1].rect, views()[0].rect);
    EXPECT_EQ(views()[1].pixels.bytes, session->shownImage()->displayed->bytes);
    ASSERT_TRUE(waitForQuestions(3));
    EXPECT_EQ(questions()[2].viewId, views()[1].viewId);
    EXPECT_EQ(questions()[2].points.size(), 2u);
    answer();
    EXPECT_TRUE(prompter().isSettled());
}

TEST_F(MaskPrompterTest, ADisplayThatIsChosenWhileTheOneBeforeIsEmbeddedComesNext) {
    prompter().takeUp();
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([&] { return views().size() == 1; }));
    session->setDisplay({0, 30});
    ASSERT_TRUE(waitForDisplay({0, 30}));
    engine.say(messages::ViewEmbedded{views()[0].viewId});
    EXPECT_EQ(prompter().state(), State::Preparing);
    embed(2);
    EXPECT_EQ(views()[1].pixels.bytes, session->shownImage()->displayed->bytes);
    EXPECT_EQ(prompter().state(), State::Ready);
}

TEST_F(MaskPrompterTest, SmoothPixelsAreTheSamePictureForTheNetwork) {
    begin();
    DisplayMapping display = session->shownImage()->display;
    display.smooth = true;
    session->setDisplay(display);
    ASSERT_TRUE(waitForDisplay(display));
    EXPECT_EQ(prompter().state(), State::Ready);
    prompter().addPoint({10, 20}, true);
    ASSERT_TRUE(waitForQuestions(1));
    EXPECT_EQ(views().size(), 1u);
}

TEST_F(MaskPrompterTest, ALostEngineIsStartedAgainByTheNextClickOnly) {
    begin();
    engine.die("killed");
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::EngineDied));
    EXPECT_EQ(prompter().state(), State::Failed);
    prompter().hover(PointInImage{8, 3});
    EXPECT_EQ(engine.starts, 1);
    prompter().addPoint({8, 3}, true);
    EXPECT_EQ(engine.starts, 2);
    engine.sayHello();
    embed(2);
    EXPECT_TRUE(waitForQuestions(1));
}

TEST_F(MaskPrompterTest, PromptsBesideTheImageAndEmptyBoxesAreNone) {
    begin();
    prompter().addPoint({-1, 5}, true);
    prompter().addPoint({60, 5}, true);
    prompter().setBox({10, 10}, {10, 30});
    prompter().setBox({-10, 10}, {-5, 30});
    EXPECT_FALSE(prompter().hasPrompts());
}

TEST_F(MaskPrompterTest, ANewProjectForgetsAll) {
    begin();
    prompter().addPoint({10, 20}, true);
    session->newProject();
    EXPECT_FALSE(prompter().hasPrompts());
    EXPECT_EQ(prompter().state(), State::Resting);
    addPicture("cells.png");
    embed(2);
    EXPECT_EQ(prompter().state(), State::Ready);
}

}  // namespace
}  // namespace finebrush
