#include "core/session/engine/engine_director.h"

#include "core/image/raster/raster_reader.h"
#include "core/session/session.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::makePrediction;
using ::testing::SizeIs;

class Adaptation : public testing::SessionTest {
  protected:
    /// An adaptation that has ended, after which a final prediction of another image was asked for and has
    /// not come.
    void askForAnother() {
        second = addPicture("b.png", {20, 20});
        first = addPicture("a.png");
        paintTwoClasses();
        beginAdaptation();
        finishAdaptation();
        engine.say(makePrediction(first, {60, 40}, 1));
        show(second);
        ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    }

    ImageId first;
    ImageId second;
};

TEST_F(Adaptation, WithoutStrokesItIsRefusedBeforeTheEngineStarts) {
    addPicture("a.png");
    EXPECT_TRUE(session->canAdapt());
    session->adapt({});
    EXPECT_EQ(session->engineState(), EngineState::Starting);
    EXPECT_FALSE(session->canAdapt());
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NoStrokes));
    EXPECT_EQ(session->engineState(), EngineState::Off);

    events.clear();
    paint(1, {20, 20});
    session->adapt({});
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_EQ(eventsOf<Notice>().front().error, (Error{ErrorCode::OneClassOnly, {"class 1"}, {}}));
    EXPECT_EQ(engine.starts, 0);
}

TEST_F(Adaptation, TheEngineGetsPixelsAndLabelsOfAllLabelledImages) {
    addPicture("a.png");
    paintTwoClasses();
    const IndexMask labels = session->labels().toMask();
    const ImageId unlabelled = addPicture("b.png", {33, 22});
    messages::AdaptationSettings settings;
    settings.rank = 7;
    session->adapt(settings);
    paint(1, {5, 5});  // after the snapshot
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; }));
    engine.sayHello();

    ASSERT_THAT(engine.heard<messages::Adapt>(), SizeIs(1));
    const messages::Adapt request = engine.heard<messages::Adapt>().front();
    EXPECT_EQ(request.settings.rank, 7);
    ASSERT_THAT(request.classes, SizeIs(2));
    EXPECT_EQ(request.classes[1].id, session->classes().classes()[1].id);
    ASSERT_THAT(request.images, SizeIs(1));
    EXPECT_EQ(request.images[0].labels, labels);
    EXPECT_EQ(request.images[0].pixels, readRaster(folder / "a.png").value());
    ASSERT_TRUE(request.preview.has_value());
    EXPECT_EQ(request.preview->imageId, unlabelled);
    EXPECT_EQ(request.preview->pixels.size, (PixelSize{33, 22}));
}

TEST_F(Adaptation, AnImageThatCannotBeReadIsLeftOutAndSaid) {
    addPicture("a.png");
    paintTwoClasses();
    addPicture("b.png");
    paintTwoClasses();
    std::filesystem::remove(folder / "a.png");
    events.clear();
    beginAdaptation();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::FileMissing));
    EXPECT_THAT(engine.heard<messages::Adapt>().front().images, SizeIs(1));
}

TEST_F(Adaptation, StepsAndPredictionsArriveWhileThePersonGoesOnPainting) {
    const ImageId id = addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    session->beginStroke(1, 4, {20, 20});
    for (int step = 1; step <= 3; ++step) {
        messages::StepMetrics metrics;
        metrics.step = step;
        engine.say(metrics);
        engine.say(makePrediction(id, {60, 40}, 1, false));
        session->extendStroke({20.0 + step, 20});
    }
    session->finishPainting();
    EXPECT_THAT(session->metrics(), SizeIs(3));
    EXPECT_THAT(eventsOf<messages::StepMetrics>(), SizeIs(3));
    EXPECT_THAT(eventsOf<PredictionChanged>(), SizeIs(3));
    EXPECT_EQ(session->prediction(id)->mask.at(0, 0), 1);
    EXPECT_EQ(session->labels().at(22, 20), 1);
    EXPECT_EQ(session->labels().at(50, 5), kUnlabelled) << "a prediction is no label";
    EXPECT_TRUE(waitUntilDurable());
}

TEST_F(Adaptation, PauseResumeAndStopFollowTheState) {
    addPicture("a.png");
    paintTwoClasses();
    EXPECT_FALSE(session->canStop());
    beginAdaptation();
    EXPECT_TRUE(session->canStop());
    session->pause();
    EXPECT_EQ(session->engineState(), EngineState::Paused);
    session->resume();
    session->stop();
    EXPECT_EQ(session->engineState(), EngineState::Stopping);
    EXPECT_FALSE(session->canStop());
    EXPECT_FALSE(session->canAdapt());
    finishAdaptation();
    EXPECT_EQ(session->engineState(), EngineState::Idle);
    EXPECT_TRUE(session->canAdapt());
    EXPECT_THAT(eventsOf<messages::Adapted>(), SizeIs(1));
}

TEST_F(Adaptation, StoppedWhileItIsPreparedItNeverBegins) {
    addPicture("a.png");
    paintTwoClasses();
    session->adapt({});
    EXPECT_TRUE(session->canStop());
    session->stop();
    EXPECT_EQ(session->engineState(), EngineState::Off);
    addPicture("b.png");  // by now the request was made
    EXPECT_EQ(engine.starts, 0);
}

TEST_F(Adaptation, AnEngineThatDiesCostsNoLabelAndStartsAgainOnTheNextWish) {
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    session->beginStroke(1, 4, {20, 20});
    engine.die("killed by signal 9");
    session->extendStroke({30, 20});
    session->finishPainting();
    ASSERT_THAT(eventsOf<Notice>(), SizeIs(1));
    EXPECT_EQ(eventsOf<Notice>().front().error, (Error{ErrorCode::EngineDied, {"killed by signal 9"}, {}}));
    EXPECT_EQ(session->engineState(), EngineState::Off);
    EXPECT_EQ(session->labels().at(25, 20), 1);
    EXPECT_TRUE(waitUntilDurable());
    beginAdaptation();
    EXPECT_EQ(engine.starts, 2);
}

TEST_F(Adaptation, AnEngineThatDiesInMidTrainingTellsWhereAdaptGoesOn) {
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    const auto place = engine.heard<messages::Adapt>().back().checkpoint;
    ASSERT_TRUE(place.has_value());
    EXPECT_EQ(pathFromUtf8(*place).parent_path(), folder / "recovery");
    engine.say(messages::TrainingSaved{8});
    engine.say(messages::TrainingSaved{12});
    engine.die("killed by signal 9");
    ASSERT_THAT(eventsOf<Notice>(), SizeIs(1));
    EXPECT_EQ(eventsOf<Notice>().front().error,
              (Error{ErrorCode::EngineDiedTraining, {"killed by signal 9", "12"}, {}}));

    beginAdaptation();
    EXPECT_EQ(engine.heard<messages::Adapt>().back().checkpoint, place);
    engine.die("killed by signal 9");
    EXPECT_EQ(eventsOf<Notice>().back().error.code, ErrorCode::EngineDied) << "nothing was saved this time";
}

TEST_F(Adaptation, TheTrainingIsFoundAgainAfterARestartAndInASavedProject) {
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    const auto place = engine.heard<messages::Adapt>().back().checkpoint;
    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    EXPECT_TRUE(noticed().empty());
    beginAdaptation();
    EXPECT_EQ(engine.heard<messages::Adapt>().back().checkpoint, place);
    ASSERT_TRUE(writeFileAtomically(pathFromUtf8(*place), std::string_view("half a training")));
    restart();
    open(folder / "p.finebrush");
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::TrainingInterrupted));
    session->newProject();
    addPicture("b.png");
    paintTwoClasses();
    beginAdaptation();
    EXPECT_NE(engine.heard<messages::Adapt>().back().checkpoint, place) << "of another project";
}

TEST_F(Adaptation, TheCheckpointMayGoOnceTheResultIsOnTheDisk) {
    addPicture("a.png");
    paintTwoClasses();
    ASSERT_TRUE(waitUntilDurable());
    beginAdaptation();
    finishAdaptation();
    EXPECT_TRUE(engine.heard<messages::ResultStored>().empty()) << "a window killed now has not lost it";
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::ResultStored>().empty(); }));
    EXPECT_TRUE(session->isDurable());
    paint(1, {5, 5});
    ASSERT_TRUE(waitUntilDurable());
    EXPECT_THAT(engine.heard<messages::ResultStored>(), SizeIs(1));
}

TEST_F(Adaptation, AnotherProtocolOrGarbageIsSaidAndNothingIsLost) {
    addPicture("a.png");
    paintTwoClasses();
    const LabelMap labels = session->labels();
    session->adapt({});
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; }));
    engine.sayHello(99);
    session->adapt({});
    ASSERT_TRUE(queue.runUntil([&] { return engine.starts == 2; }));
    engine.sayBytes({'b', 'a', 's', 'h', ':', ' ', 'n', 'o', '\n'});
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ProtocolMismatch, ErrorCode::ProtocolMalformed));
    EXPECT_EQ(session->engineState(), EngineState::Off);
    EXPECT_EQ(session->labels(), labels);
}

TEST_F(Adaptation, ThePredictionIsAcceptedAsOneStep) {
    const ImageId id = addPicture("a.png");
    paintTwoClasses();
    const LabelMap painted = session->labels();
    EXPECT_FALSE(session->canAccept());
    beginAdaptation();
    engine.say(makePrediction(id, {60, 40}, 1));
    EXPECT_TRUE(session->canAccept());
    session->acceptPrediction(false);
    EXPECT_EQ(session->labels().histogram()[0], painted.histogram()[0]);
    EXPECT_EQ(session->labels().histogram()[kUnlabelled], 0);
    session->undo();
    EXPECT_EQ(session->labels(), painted);
    session->acceptPrediction(true);
    EXPECT_EQ(session->labels().histogram()[1], 60 * 40);
}

TEST_F(Adaptation, PredictionsThatFitNoImageAreDropped) {
    const ImageId id = addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    engine.say(makePrediction(id, {40, 60}, 1));
    engine.say(makePrediction("of another project", {60, 40}, 1));
    EXPECT_TRUE(eventsOf<PredictionChanged>().empty());
    EXPECT_FALSE(session->canAccept());
}

TEST_F(Adaptation, AnotherImageShownWhileTrainingIsPreviewed) {
    const ImageId first = addPicture("a.png");
    const ImageId second = addPicture("b.png", {20, 20});
    show(first);
    paintTwoClasses();
    beginAdaptation();
    show(second);
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::ShowPreview>().empty(); }));
    EXPECT_EQ(engine.heard<messages::ShowPreview>().front().imageId, second);
    EXPECT_EQ(engine.heard<messages::ShowPreview>().front().pixels, readRaster(folder / "b.png").value());
}

TEST_F(Adaptation, OtherImagesArePredictedWhenShownOnce) {
    const ImageId second = addPicture("b.png", {20, 20});
    const ImageId first = addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    finishAdaptation();
    engine.say(makePrediction(first, {60, 40}, 1));
    EXPECT_TRUE(engine.heard<messages::Predict>().empty());
    show(second);
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_EQ(engine.heard<messages::Predict>().front().imageId, second);
    EXPECT_TRUE(engine.heard<messages::LoadAdapter>().empty()) << "the engine has it already";
    engine.say(makePrediction(second, {20, 20}, 0));
    show(first);
    show(second);
    addPicture("c.png");
    ASSERT_TRUE(queue.runUntil([&] { return engine.heard<messages::Predict>().size() > 1; }));
    EXPECT_THAT(engine.heard<messages::Predict>(), SizeIs(2));
}

TEST_F(Adaptation, WhatWasPredictedBeforeItIsKept) {
    const ImageId id = addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    EXPECT_EQ(session->earlierPrediction(id), nullptr);
    engine.say(makePrediction(id, {60, 40}, 0, false));
    engine.say(makePrediction(id, {60, 40}, 1, false));
    ASSERT_NE(session->earlierPrediction(id), nullptr);
    EXPECT_EQ(session->earlierPrediction(id)->mask.at(3, 3), 0) << "the first of this adaptation";
    finishAdaptation();
    engine.say(makePrediction(id, {60, 40}, 1));
    EXPECT_EQ(session->earlierPrediction(id)->mask.at(3, 3), 0);
    beginAdaptation();
    EXPECT_EQ(session->earlierPrediction(id)->mask.at(3, 3), 1) << "the last of the adaptation before";
    engine.say(makePrediction(id, {60, 40}, 0, false));
    EXPECT_EQ(session->earlierPrediction(id)->mask.at(3, 3), 1);
    session->newProject();
    EXPECT_EQ(session->earlierPrediction(id), nullptr);
}

TEST_F(Adaptation, AnImageOfWhichNoFinalPredictionCameIsAskedForAgainWhenItIsShownAgain) {
    ASSERT_NO_FATAL_FAILURE(askForAnother());
    engine.say(makePrediction(second, {20, 20}, 0, false));
    show(first);
    show(second);
    ASSERT_TRUE(queue.runUntil([&] { return engine.heard<messages::Predict>().size() == 2; }));
    EXPECT_EQ(engine.heard<messages::Predict>().back().imageId, second);
}

TEST_F(Adaptation, AReopenedProjectPredictsOtherImagesWithItsAdapter) {
    const ImageId second = addPicture("b.png", {20, 20});
    const ImageId first = addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    engine.say(messages::StepMetrics{});
    finishAdaptation();
    engine.say(makePrediction(first, {60, 40}, 1));
    saveAs(folder / "p.finebrush");
    restart();
    engine.all.clear();
    const int starts = engine.starts;
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_EQ(session->prediction(first)->mask.at(3, 3), 1);
    EXPECT_THAT(session->metrics(), SizeIs(1));
    EXPECT_TRUE(session->canExportAdapter());
    EXPECT_EQ(engine.starts, starts) << "nothing is asked of the engine yet";

    show(second);
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    ASSERT_THAT(engine.heard<messages::LoadAdapter>(), SizeIs(1));
    EXPECT_EQ(engine.heard<messages::LoadAdapter>().front().files.at("adapter_model.safetensors"),
              (std::vector<uint8_t>{9, 8, 7}));
    EXPECT_EQ(engine.heard<messages::Predict>().front().imageId, second);
}

TEST_F(Adaptation, AReopenedProjectTellsOfItsLastRunAndOfTheChoiceForTheNext) {
    addPicture("a.png");
    EXPECT_EQ(session->adaptationChoice(), messages::AdaptationSettings());
    EXPECT_EQ(session->lastRun(), nullptr);
    paintTwoClasses();
    const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    beginAdaptation();
    messages::Adapted outcome;
    outcome.steps = 3;
    outcome.seconds = 2.5;
    outcome.trainableParameters = 12345;
    outcome.adaptedScore = 0.75;
    outcome.adapter = {{"adapter_config.json", {'{', '}'}}};
    engine.say(outcome);
    messages::AdaptationSettings next;
    next.method = "lora";
    next.rank = 9;
    session->chooseAdaptation(next);
    saveAs(folder / "p.finebrush");
    restart();
    EXPECT_EQ(session->lastRun(), nullptr);
    open(folder / "p.finebrush");
    ASSERT_NE(session->lastRun(), nullptr);
    EXPECT_EQ(session->lastRun()->outcome, outcome);
    EXPECT_EQ(session->lastRun()->settings, messages::AdaptationSettings());
    const std::chrono::system_clock::time_point finished{
        std::chrono::seconds(session->lastRun()->finishedAt)};
    EXPECT_GE(finished, before);
    EXPECT_LE(finished, std::chrono::system_clock::now());
    EXPECT_EQ(session->adaptationChoice(), next);
}

TEST_F(Adaptation, ARunOfBeforeIsLookedAtAgainAndItsAdapterExported) {
    addPicture("a.png");
    paintTwoClasses();
    const auto adapt = [&](int steps, uint8_t weight) {
        beginAdaptation();
        for (int step = 1; step <= steps; ++step) {
            messages::StepMetrics metrics;
            metrics.step = step;
            engine.say(metrics);
        }
        messages::Adapted outcome;
        outcome.steps = steps;
        outcome.adapter = {{"adapter_model.safetensors", {weight}}};
        engine.say(outcome);
    };
    adapt(3, 33);
    adapt(2, 22);
    ASSERT_THAT(session->runs(), SizeIs(2));
    EXPECT_EQ(session->runs()[0].run.outcome.steps, 2);
    EXPECT_EQ(session->chosenRun(), session->lastRun());
    EXPECT_THAT(session->chosenMetrics(), SizeIs(2));

    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    ASSERT_THAT(session->runs(), SizeIs(2));
    session->chooseRun(session->runs()[1].number);
    ASSERT_TRUE(waitFor<RunChosen>());
    EXPECT_EQ(session->chosenRunNumber(), session->runs()[1].number);
    EXPECT_EQ(session->chosenRun()->outcome.steps, 3);
    EXPECT_THAT(session->chosenMetrics(), SizeIs(3));
    EXPECT_THAT(session->metrics(), SizeIs(2));
    events.clear();
    session->exportAdapter(folder / "out");
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(readFile(folder / "out/adapter_model.safetensors").value(), (std::vector<uint8_t>{33}));

    // It was started for a prediction of the image.
    ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return session->engine().has_value(); }));
    adapt(1, 11);
    EXPECT_EQ(session->chosenRunNumber(), 0) << "the newest is what one wants to see";
    EXPECT_THAT(session->chosenMetrics(), SizeIs(1));
    EXPECT_THAT(session->runs(), SizeIs(3));
    session->chooseRun(session->runs()[1].number);
    ASSERT_TRUE(queue.runUntil([&] { return session->chosenRunNumber() != 0; }));
    EXPECT_EQ(session->chosenRun()->outcome.steps, 2);
    session->chooseRun(0);
    EXPECT_EQ(session->chosenRun(), session->lastRun());
}

TEST_F(Adaptation, AnAdapterThatTheEngineRefusesIsNotSentAgainAndAgain) {
    const ImageId second = addPicture("b.png", {20, 20});
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    finishAdaptation();
    engine.die("exit status 1");
    beginAdaptation();
    engine.say(messages::Failed{{ErrorCode::OutOfMemory, {"the GPU"}, {}},
                                engine.heard<messages::Adapt>().back().requestId});
    show(second);
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::LoadAdapter>().empty(); }));
    engine.say(messages::Failed{{ErrorCode::AdapterMismatch, {"it", "another network"}, {}},
                                engine.heard<messages::LoadAdapter>().back().requestId});
    EXPECT_THAT(noticed(),
                ElementsAre(ErrorCode::EngineDied, ErrorCode::OutOfMemory, ErrorCode::AdapterMismatch));
    addPicture("c.png");
    addPicture("d.png");
    EXPECT_THAT(engine.heard<messages::LoadAdapter>(), SizeIs(1));
}

TEST_F(Adaptation, APredictionThatFailsIsSaidAndDoesNotEndTheTrainingThatCameNext) {
    ASSERT_NO_FATAL_FAILURE(askForAnother());
    const int64_t asked = engine.heard<messages::Predict>().back().requestId;
    EXPECT_NE(asked, 0);
    beginAdaptation();
    EXPECT_NE(engine.heard<messages::Adapt>().back().requestId, asked);
    engine.say(messages::Failed{{ErrorCode::OutOfMemory, {"the GPU"}, {}}, asked});
    EXPECT_EQ(session->engineState(), EngineState::Adapting);
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::OutOfMemory));
    finishAdaptation();
    EXPECT_EQ(session->engineState(), EngineState::Idle);
}

TEST_F(Adaptation, AnotherProjectEndsTheAdaptationOfThisOne) {
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    session->newProject();
    EXPECT_FALSE(engine.isRunning);
    EXPECT_EQ(session->engineState(), EngineState::Off);
    EXPECT_TRUE(session->metrics().empty());
    EXPECT_TRUE(noticed().empty());
}

TEST_F(Adaptation, MasksTakeThePredictionWhereNothingIsPainted) {
    const ImageId id = addPicture("a.png");
    paint(0, {10, 10}, 10);
    paint(1, {50, 30}, 4);
    const IndexMask painted = session->labels().toMask();
    beginAdaptation();
    finishAdaptation();
    engine.say(makePrediction(id, {60, 40}, 1));
    events.clear();
    session->exportMasks(folder / "out");
    session->exportAdapter(folder / "out/adapter");
    ASSERT_TRUE(queue.runUntil([&] { return eventsOf<JobFinished>().size() == 2; }));
    const IndexMask mask = readIndexMask(folder / "out/a_mask.png").value();
    for (size_t i = 0; i < mask.values.size(); ++i) {
        ASSERT_EQ(mask.values[i], painted.values[i] == kUnlabelled ? 1 : painted.values[i]);
    }
    EXPECT_EQ(readFile(folder / "out/adapter/adapter_model.safetensors").value(),
              (std::vector<uint8_t>{9, 8, 7}));
    EXPECT_THAT(eventsOf<JobFinished>().back().files, SizeIs(2));
}

}  // namespace
}  // namespace finebrush
