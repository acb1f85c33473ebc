#include "core/project/taught_display.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::Each;
using testing::makePrediction;
using testing::writeNifti;

class SessionDisplay : public testing::SessionTest {
  protected:
    bool waitForDisplay(const DisplayMapping& display) {
        return queue.runUntil([&] { return session->shownImage()->display == display; });
    }
};

TEST_F(SessionDisplay, TheShownImageIsDrawnAnew) {
    addPicture("a.png");
    const DisplayMapping display{0, 20, 1, true};
    const std::vector<uint8_t> pixels = session->shownImage()->pixels.bytes;
    session->setDisplay(display);
    ASSERT_TRUE(waitForDisplay(display));
    EXPECT_FALSE(eventsOf<ImageRedrawn>().empty());
    EXPECT_EQ(session->shownImage()->displayed->bytes, toDisplayRgb(session->shownImage()->pixels, display));
    EXPECT_EQ(session->shownImage()->pixels.bytes, pixels) << "the raw values are as they were";
    EXPECT_EQ(session->shownImage()->usualDisplay, DisplayMapping());
}

TEST_F(SessionDisplay, IsKeptWithTheProjectWithoutAStepOfTheHistory) {
    const ImageId a = addPicture("a.png");
    const DisplayMapping display{10, 30};
    session->setDisplay(display);
    ASSERT_TRUE(waitForDisplay(display));
    EXPECT_FALSE(session->canUndo());
    addPicture("b.png");
    EXPECT_EQ(session->shownImage()->display, DisplayMapping());
    show(a);
    EXPECT_EQ(session->shownImage()->display, display);

    saveAs(folder / "p.finebrush");
    ASSERT_TRUE(waitUntilDurable());
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(waitFor<ImageShown>());
    EXPECT_EQ(session->shownImage()->display, display);
    session->setDisplay(session->shownImage()->usualDisplay);
    ASSERT_TRUE(waitForDisplay({}));
    ASSERT_TRUE(waitUntilDurable());
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(waitFor<ImageShown>());
    EXPECT_EQ(session->shownImage()->display, DisplayMapping());
}

TEST_F(SessionDisplay, APreviewIsNotKept) {
    const ImageId a = addPicture("a.png");
    const ImageId b = addPicture("b.png");
    session->previewDisplay({10, 30});
    ASSERT_TRUE(waitForDisplay({10, 30}));
    show(a);
    show(b);
    EXPECT_EQ(session->shownImage()->display, DisplayMapping());
}

TEST_F(SessionDisplay, WhatIsNotSoundIsNotHeard) {
    addPicture("a.png");
    session->setDisplay({30, 30});
    session->setDisplay({10, 20});
    ASSERT_TRUE(waitForDisplay({10, 20}));
}

TEST_F(SessionDisplay, TheEngineGetsRawPixelsWhateverIsDisplayed) {
    addPicture("a.png");
    paintTwoClasses();
    session->setDisplay({10, 30});
    ASSERT_TRUE(waitForDisplay({10, 30}));
    beginAdaptation();
    const auto request = engine.heard<messages::Adapt>().back();
    EXPECT_EQ(request.images[0].pixels, session->shownImage()->pixels);
    EXPECT_EQ(request.preview->pixels, session->shownImage()->pixels);
}

TEST_F(SessionDisplay, TheEngineGetsWhatIsDisplayedWhereThatWasChosen) {
    const ImageId a = addPicture("a.png");
    paintTwoClasses();
    const DisplayMapping display{10, 30, 1, true};
    session->setDisplay(display);
    ASSERT_TRUE(waitForDisplay(display));
    messages::AdaptationSettings settings;
    settings.inputRange = "displayed";
    session->adapt(settings);
    ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return session->engineState() == EngineState::Adapting; }));
    const auto request = engine.heard<messages::Adapt>().back();
    const PixelBuffer displayed = toDisplayedPixels(session->shownImage()->pixels, display);
    EXPECT_EQ(request.images[0].pixels, displayed);
    EXPECT_EQ(request.preview->pixels, displayed);
    finishAdaptation();
    addPicture("b.png");
    ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_EQ(engine.heard<messages::Predict>().back().pixels,
              toDisplayedPixels(session->shownImage()->pixels, {}));
    EXPECT_NE(session->shownImage()->id, a);
}

class DisplayedAdaptation : public SessionDisplay {
  protected:
    void show(const ImageId& id, const DisplayMapping& display) {
        SessionDisplay::show(id);
        session->setDisplay(display);
        ASSERT_TRUE(waitForDisplay(display));
    }
    /// Adapts to what is displayed, and ends with an adapter of ours.
    void adapt() {
        begin();
        const std::string config = R"({"finebrush": {"extras": {}}})";
        messages::Adapted outcome;
        outcome.adapter = {{"adapter_config.json", {config.begin(), config.end()}}};
        engine.say(outcome);
    }
    void begin() {
        messages::AdaptationSettings settings;
        settings.inputRange = "displayed";
        session->adapt(settings);
        ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
        if (!session->engine()) engine.sayHello();
        ASSERT_TRUE(queue.runUntil([this] { return session->engineState() == EngineState::Adapting; }));
    }
    /// Adapts to one picture, and predicts another, which nobody chose a display for and which is shown then.
    ImageId adaptAndPredictOther() {
        const ImageId other = addPicture("other.png");
        show(addPicture("a.png"), {10, 30});
        paintTwoClasses();
        adapt();
        asked(other);
        engine.say(makePrediction(other, {60, 40}, 1));
        return other;
    }
    std::vector<messages::Predict> predicted() const { return engine.heard<messages::Predict>(); }
    TaughtDisplay kept() const { return taughtDisplayOf(session->lastRun()->outcome.adapter); }
    /// What the engine gets of an image that is shown next.
    PixelBuffer asked(const ImageId& id) {
        const size_t before = engine.heard<messages::Predict>().size();
        SessionDisplay::show(id);
        EXPECT_TRUE(queue.runUntil([&] { return engine.heard<messages::Predict>().size() > before; }));
        return engine.heard<messages::Predict>().back().pixels;
    }
};

TEST_F(DisplayedAdaptation, TheAdapterKeepsTheOneMappingAndImagesWithoutTheirOwnAreSeenByIt) {
    const ImageId other = addPicture("other.png"), own = addPicture("own.png");
    const DisplayMapping display{10, 30, 1, true}, another{5, 25};
    show(own, another);
    for (const char* name : {"a.png", "b.png"}) {
        show(addPicture(name), display);
        paintTwoClasses();
    }
    adapt();
    EXPECT_EQ(kept(), (TaughtDisplay{TaughtDisplay::Kind::Alike, display, true}));
    const PixelBuffer askedOfOther = asked(other);
    EXPECT_EQ(askedOfOther, toDisplayedPixels(session->shownImage()->pixels, display));
    EXPECT_EQ(session->shownImage()->display, DisplayMapping()) << "what is on the screen stays";
    const PixelBuffer askedOfOwn = asked(own);
    EXPECT_EQ(askedOfOwn, toDisplayedPixels(session->shownImage()->pixels, another));
}

TEST_F(DisplayedAdaptation, TheAdapterTellsThatItsImagesWereShownInSeveralWays) {
    const ImageId other = addPicture("other.png");
    for (const double low : {10, 15}) {
        show(addPicture(std::to_string(low) + ".png"), DisplayMapping{low, 30});
        paintTwoClasses();
    }
    adapt();
    EXPECT_EQ(kept().kind, TaughtDisplay::Kind::Different);
    const PixelBuffer askedOfOther = asked(other);
    EXPECT_EQ(askedOfOther, toDisplayedPixels(session->shownImage()->pixels, {}));
}

TEST_F(DisplayedAdaptation, WithoutAChoiceEachIsSeenAsItIsShownAtFirst) {
    addPicture("a.png");
    paintTwoClasses();
    adapt();
    EXPECT_EQ(kept().kind, TaughtDisplay::Kind::Usual);
}

TEST_F(DisplayedAdaptation, APredictionIsMadeAgainOnceItsImageIsShownInAnotherWay) {
    const ImageId other = adaptAndPredictOther();
    session->previewDisplay({6, 26});
    ASSERT_TRUE(waitForDisplay({6, 26}));
    session->setDisplay({5, 25});
    ASSERT_TRUE(waitForDisplay({5, 25}));
    ASSERT_TRUE(queue.runUntil([this] { return predicted().size() == 2; }));
    EXPECT_EQ(predicted().back().imageId, other);
    EXPECT_EQ(predicted().back().pixels, toDisplayedPixels(session->shownImage()->pixels, {5, 25}))
        << "what was only tried out is not predicted";

    session->setDisplay({7, 27});
    ASSERT_TRUE(waitForDisplay({7, 27}));
    engine.say(makePrediction(other, {60, 40}, 0));
    ASSERT_TRUE(queue.runUntil([this] { return predicted().size() == 3; })) << "it was of the one before";
    EXPECT_EQ(predicted().back().pixels, toDisplayedPixels(session->shownImage()->pixels, {7, 27}));
}

TEST_F(DisplayedAdaptation, APredictionThatIsReadWithTheProjectIsMadeAgainAfterAChange) {
    const ImageId other = adaptAndPredictOther();
    saveAs(folder / "p.finebrush");
    restart();
    engine.all.clear();
    const int starts = engine.starts;
    open(folder / "p.finebrush");
    SessionDisplay::show(other);
    EXPECT_EQ(engine.starts, starts) << "it is predicted";
    session->setDisplay({5, 25});
    ASSERT_TRUE(waitForDisplay({5, 25}));
    ASSERT_TRUE(queue.runUntil([&] { return engine.starts > starts; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return !predicted().empty(); }));
    EXPECT_EQ(predicted().back().pixels, toDisplayedPixels(session->shownImage()->pixels, {5, 25}));
}

TEST_F(DisplayedAdaptation, WhatWasPredictedBeforeAChangeIsToldApartAfterReopening) {
    const ImageId other = adaptAndPredictOther();
    engine.die("killed");
    session->setDisplay({5, 25});
    ASSERT_TRUE(waitForDisplay({5, 25}));
    saveAs(folder / "p.finebrush");
    restart();
    engine.all.clear();
    open(folder / "p.finebrush");
    SessionDisplay::show(other);
    ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return !predicted().empty(); }));
    EXPECT_EQ(predicted().back().imageId, other);
    EXPECT_EQ(predicted().back().pixels, toDisplayedPixels(session->shownImage()->pixels, {5, 25}));
}

TEST_F(DisplayedAdaptation, TheLivePredictionFollowsTheDisplay) {
    addPicture("a.png");
    paintTwoClasses();
    begin();
    EXPECT_TRUE(engine.heard<messages::ShowPreview>().empty());
    session->setDisplay({5, 25});
    ASSERT_TRUE(waitForDisplay({5, 25}));
    ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::ShowPreview>().empty(); }));
    EXPECT_EQ(engine.heard<messages::ShowPreview>().back().pixels,
              toDisplayedPixels(session->shownImage()->pixels, {5, 25}));
}

TEST_F(SessionDisplay, WhatANetworkSeesRawIsNotPredictedAgain) {
    const ImageId other = addPicture("other.png");
    const ImageId first = addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    finishAdaptation();
    engine.say(makePrediction(first, {60, 40}, 1));
    session->setDisplay({5, 25});
    ASSERT_TRUE(waitForDisplay({5, 25}));
    show(other);
    ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_EQ(engine.heard<messages::Predict>().front().imageId, other);
}

TEST_F(SessionDisplay, AllSlicesOfAVolumeAreShownAlike) {
    writeNifti(folder / "brain.nii.gz", {6, 5, 7});
    session->addImages({folder / "brain.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    const auto showSlice = [&](int index) {
        const SliceAddress slice{SliceView::Axial, index, 0};
        session->showSlice(slice);
        return queue.runUntil([&] { return session->shownImage()->slice == slice; });
    };
    ASSERT_TRUE(showSlice(4));
    session->setDisplay({-5, 50});
    ASSERT_TRUE(waitForDisplay({-5, 50}));
    ASSERT_TRUE(showSlice(3));
    EXPECT_EQ(session->shownImage()->display, (DisplayMapping{-5, 50})) << "seen before";
    ASSERT_TRUE(showSlice(5));
    EXPECT_EQ(session->shownImage()->display, (DisplayMapping{-5, 50})) << "seen for the first time";
}

}  // namespace
}  // namespace finebrush
