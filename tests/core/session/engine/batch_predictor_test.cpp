#include "core/session/engine/batch_predictor.h"

#include "core/image/raster/raster_reader.h"
#include "core/labels/cell_labels.h"
#include "core/project/edits/label_merge.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::makePrediction;
using ::testing::SizeIs;

constexpr PixelSize kSize{60, 40};

class PredictAll : public testing::SessionTest {
  protected:
    /// Three pictures of which the last one is shown, and an adapter that has predicted none of them.
    void adaptOnPictures() {
        for (const char* name : {"a.png", "b.png", "c.png"}) ids.push_back(addPicture(name, kSize));
        paintTwoClasses();
        beginAdaptation();
        finishAdaptation();
        events.clear();
    }
    void adaptAndPredictShown() {
        adaptOnPictures();
        engine.say(makePrediction(ids[2], kSize, 1));
    }

    std::vector<std::string> asked() const {
        std::vector<std::string> names;
        for (const messages::Predict& request : engine.heard<messages::Predict>())
            names.push_back(request.imageId);
        return names;
    }
    bool waitForAsked(size_t count) {
        return queue.runUntil([&] { return asked().size() >= count; });
    }
    /// A volume of five slices, of which axial:1 is shown and labelled, and an adapter that has predicted
    /// that.
    void adaptOnVolume(const messages::AdaptationSettings& settings = {}) {
        testing::writeNifti(folder / "brain.nii.gz", {30, 20, 5});
        session->addImages({folder / "brain.nii.gz"});
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
        showSlice("axial:1");
        paint(0, {5, 5});
        paint(1, {20, 15});
        session->adapt(settings);
        ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
        engine.sayHello();
        ASSERT_TRUE(queue.runUntil([this] { return session->engineState() == EngineState::Adapting; }));
        finishAdaptation();
        engine.say(makePrediction(session->shownImage()->id, {30, 20}, 1));
        events.clear();
    }
    bool waitForEnd() {
        return queue.runUntil([&] {
            const auto work = eventsOf<PredictionWork>();
            return !work.empty() && !work.back().isRunning;
        });
    }
    /// As the last job that finished.
    JobFinished ended() {
        EXPECT_TRUE(waitForEnd());
        const auto finished = eventsOf<JobFinished>();
        EXPECT_FALSE(finished.empty());
        return finished.empty() ? JobFinished{} : finished.back();
    }
    /// Waits until all is planned.
    bool waitForPlan() {
        return queue.runUntil([&] {
            const auto work = eventsOf<PredictionWork>();
            return !work.empty() && work.back().total > 0;
        });
    }

    std::vector<ImageId> ids;
};

TEST_F(PredictAll, WhatThePersonLooksAtGoesFirst) {
    adaptOnPictures();
    session->predictAll();
    ASSERT_TRUE(waitForPlan());
    EXPECT_EQ(eventsOf<PredictionWork>().back().total, 3);
    session->describeModels({});  // leaves after whatever was asked before it
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::DescribeModels>().empty(); }));
    EXPECT_THAT(asked(), IsEmpty()) << "the prediction of the shown image has yet to come";

    engine.say(makePrediction(ids[2], kSize, 1));
    ASSERT_TRUE(waitForAsked(1));
    show(ids[1]);
    ASSERT_TRUE(waitForAsked(2));
    EXPECT_THAT(asked(), ElementsAre(ids[0], ids[1]));
    engine.say(makePrediction(ids[1], kSize, 1));
    ASSERT_TRUE(waitForAsked(3));
    EXPECT_EQ(asked().back(), ids[0]) << "the engine may have given it up for the shown one";
    engine.say(makePrediction(ids[0], kSize, 1));
    const JobFinished finished = ended();
    EXPECT_EQ(finished.kind, JobFinished::Kind::PredictedImages);
    EXPECT_THAT(finished.files, SizeIs(3));
    for (const ImageId& id : ids) EXPECT_TRUE(session->prediction(id)) << id;
    EXPECT_THAT(asked(), SizeIs(3));
}

TEST_F(PredictAll, ItGoesOnWhereItWasStopped) {
    adaptAndPredictShown();
    session->predictAll();
    EXPECT_FALSE(session->canPredictAll());
    ASSERT_TRUE(waitForAsked(1));
    engine.say(makePrediction(ids[0], kSize, 1));
    ASSERT_TRUE(waitForAsked(2));
    EXPECT_GT(eventsOf<PredictionWork>().back().fraction, 0.4);
    session->stopPredictingAll();
    EXPECT_EQ(ended().kind, JobFinished::Kind::StoppedPrediction);
    EXPECT_THAT(ended().files, ElementsAre(folder / "a.png"));
    EXPECT_TRUE(session->canPredictAll());

    events.clear();
    session->predictAll();
    ASSERT_TRUE(waitForAsked(3));
    EXPECT_THAT(asked(), ElementsAre(ids[0], ids[1], ids[1])) << "what is predicted is not predicted again";
    engine.say(makePrediction(ids[1], kSize, 1));
    EXPECT_EQ(ended().kind, JobFinished::Kind::PredictedImages);
    EXPECT_THAT(ended().files, ElementsAre(folder / "b.png"));

    events.clear();
    session->predictAll();
    EXPECT_EQ(ended().kind, JobFinished::Kind::PredictedImages);
    EXPECT_THAT(ended().files, IsEmpty());
    EXPECT_THAT(asked(), SizeIs(3));
}

TEST_F(PredictAll, AnImageThatFailsIsToldAndDoesNotEndTheOthers) {
    ids.push_back(addPicture("0.png", kSize));
    adaptOnPictures();  // a, b and c follow it
    engine.say(makePrediction(ids[3], kSize, 1));
    std::filesystem::remove(folder / "0.png");
    session->predictAll();
    ASSERT_TRUE(waitForAsked(1));
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageNotPredicted));
    EXPECT_THAT(eventsOf<Notice>().front().error.arguments, ElementsAre(utf8(folder / "0.png")));
    engine.say(messages::Failed{{ErrorCode::OutOfMemory, {"the GPU"}, {}},
                                engine.heard<messages::Predict>().back().requestId});
    ASSERT_TRUE(waitForAsked(2));
    EXPECT_THAT(asked(), ElementsAre(ids[1], ids[2]));
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageNotPredicted, ErrorCode::ImageNotPredicted));
    engine.say(makePrediction(ids[2], kSize, 1));
    EXPECT_THAT(ended().files, ElementsAre(folder / "b.png"));
    EXPECT_THAT(asked(), SizeIs(2)) << "nor is it tried again and again";
}

TEST_F(PredictAll, AnAdaptationGoesFirstAndAllArePredictedByItsAdapter) {
    adaptAndPredictShown();
    session->predictAll();
    ASSERT_TRUE(waitForAsked(1));
    engine.say(makePrediction(ids[0], kSize, 0));
    ASSERT_TRUE(waitForAsked(2));
    beginAdaptation();
    finishAdaptation();
    engine.say(makePrediction(ids[2], kSize, 1));
    ASSERT_TRUE(waitForAsked(3));
    EXPECT_EQ(asked().back(), ids[0]);
    engine.say(makePrediction(ids[0], kSize, 1));
    ASSERT_TRUE(waitForAsked(4));
    EXPECT_EQ(asked().back(), ids[1]);
    engine.say(makePrediction(ids[1], kSize, 1));
    EXPECT_EQ(ended().kind, JobFinished::Kind::PredictedImages);
    EXPECT_EQ(session->prediction(ids[0])->mask.at(0, 0), 1);
}

TEST_F(PredictAll, AnEngineThatDiesEndsItAndCostsNothing) {
    adaptAndPredictShown();
    session->predictAll();
    ASSERT_TRUE(waitForAsked(1));
    engine.say(makePrediction(ids[0], kSize, 1));
    ASSERT_TRUE(waitForAsked(2));
    engine.die("killed");
    EXPECT_EQ(ended().kind, JobFinished::Kind::StoppedPrediction);
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::EngineDied));
    EXPECT_TRUE(session->prediction(ids[0]));
    session->predictAll();
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; })) << "it is started for this";
    engine.sayHello();
    ASSERT_TRUE(waitForAsked(3));
    EXPECT_EQ(asked().back(), ids[1]);
}

TEST_F(PredictAll, OfAVolumeAllSlicesOfTheLabelledViewArePredicted) {
    adaptOnVolume();
    session->predictAll();
    for (size_t slice = 1; slice <= 4; ++slice) {
        ASSERT_TRUE(waitForAsked(slice));
        EXPECT_EQ(engine.heard<messages::Predict>().back().pixels.size, (PixelSize{30, 20}));
        engine.say(makePrediction(asked().back(), {30, 20}, 1));
    }
    EXPECT_THAT(ended().files, ElementsAre(folder / "brain.nii.gz#axial:0", folder / "brain.nii.gz#axial:2",
                                           folder / "brain.nii.gz#axial:3", folder / "brain.nii.gz#axial:4"));
    EXPECT_THAT(session->images(), SizeIs(5));
}

TEST_F(PredictAll, SlicesThatNobodyLookedAtAreSeenAsTheVolumeIsShown) {
    messages::AdaptationSettings settings;
    settings.inputRange = "displayed";
    adaptOnVolume(settings);
    const DisplayMapping display{10, 30};
    session->setDisplay(display);
    ASSERT_TRUE(waitForAsked(1)) << "the shown one is predicted again";
    engine.say(makePrediction(asked().back(), {30, 20}, 1));
    session->predictAll();
    for (size_t slice = 2; slice <= 5; ++slice) {
        ASSERT_TRUE(waitForAsked(slice));
        engine.say(makePrediction(asked().back(), {30, 20}, 1));
    }
    EXPECT_THAT(ended().files, SizeIs(4));
    showSlice("axial:4");
    EXPECT_EQ(engine.heard<messages::Predict>().back().imageId, session->shownImage()->id);
    EXPECT_EQ(engine.heard<messages::Predict>().back().pixels,
              toDisplayedPixels(session->shownImage()->pixels, display));
    EXPECT_THAT(asked(), SizeIs(5));
}

TEST_F(PredictAll, AVolumeThatIsRemovedMeanwhileStaysAway) {
    adaptOnVolume();
    const ImageId shown = session->shownImage()->id;
    session->predictAll();
    ASSERT_TRUE(waitForAsked(1));
    session->removeVolume(shown);
    engine.say(makePrediction(asked().back(), {30, 20}, 1));
    ASSERT_TRUE(waitForEnd());
    EXPECT_THAT(session->images(), IsEmpty());
}

TEST_F(PredictAll, AnImageThatIsRemovedMeanwhileStaysAway) {
    adaptAndPredictShown();
    session->predictAll();
    ASSERT_TRUE(waitForAsked(1));
    session->removeImage(ids[1]);
    engine.say(makePrediction(ids[0], kSize, 1));
    EXPECT_THAT(ended().files, ElementsAre(folder / "a.png"));
    EXPECT_THAT(asked(), ElementsAre(ids[0]));
    EXPECT_THAT(session->images(), SizeIs(2));
}

TEST_F(PredictAll, GoesOnAfterAnAdaptationThatIsGivenUpAtOnce) {
    adaptAndPredictShown();
    session->predictAll();
    ASSERT_TRUE(waitForAsked(1));
    session->adapt({});
    engine.say(makePrediction(ids[0], kSize, 1));
    session->stop();
    ASSERT_TRUE(waitForAsked(2));
    EXPECT_EQ(asked().back(), ids[1]);
}

TEST(ImagesToPredict, OfAVolumeWithoutLabelsTheViewThatTheProjectHasFirstIsPredicted) {
    const testing::TemporaryFolder folder;
    testing::writeNifti(folder / "brain.nii.gz", {4, 3, 2});
    std::vector<KnownImage> known;
    for (const SliceView view : {SliceView::Coronal, SliceView::Axial}) {
        const ImageAddress address(folder / "brain.nii.gz", SliceAddress{view, 1, 0});
        known.push_back({{address, randomUuid(), {}}});
    }
    const auto addresses = [&] {
        std::vector<std::string> texts;
        for (const ImageToPredict& image : imagesToPredict(known, {}))
            texts.push_back(toText(*image.address.slice));
        return texts;
    };
    EXPECT_THAT(addresses(), ElementsAre("coronal:0", "coronal:1", "coronal:2"));
    known[1].isLabelled = true;
    EXPECT_THAT(addresses(), ElementsAre("axial:0", "axial:1"));
    known[1].isPredicted = true;
    EXPECT_THAT(addresses(), ElementsAre("axial:0"));
}

// ---- large images ----

constexpr PixelSize kLarge{3000, 2100};
constexpr int kCells = 3 * 3;

/// A session for which an image of a few megapixels is large.
class PredictLarge : public PredictAll {
  protected:
    PredictLarge() {
        imageMemory.wholeBytes = uint64_t{4} << 20;
        imageMemory.overviewSide = 400;
        restart();
        testing::writeImage(folder / "big.tif", "GTiff", testing::randomPixels(kLarge, 1, PixelType::UInt16),
                            {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"});
        session->addImages({folder / "big.tif"});
        EXPECT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
        id = session->shownImage()->id;
        paint(1, {500, 400}, 30);
        labels = session->labels();
        addPicture("small.png", kSize);
        paintTwoClasses();
        beginAdaptation();
        finishAdaptation();
        engine.say(makePrediction(session->shownImage()->id, kSize, 1));
        events.clear();
    }

    /// Answers so many of the cells that are asked for.
    void answer(int count) {
        for (int i = 0; i < count; ++i) {
            ASSERT_TRUE(waitForAsked(++answered));
            const auto place = cellFromId(asked().back());
            ASSERT_TRUE(place && place->image == id) << asked().back();
            const auto value = static_cast<uint8_t>((place->cell.column + place->cell.row) % 2);
            const messages::Prediction prediction = makePrediction(asked().back(), {1024, 1024}, value);
            ASSERT_TRUE(writeCell(predicted, place->cell, prediction.mask));
            engine.say(prediction);
        }
    }
    IndexMask exportedMask() {
        events.clear();
        std::filesystem::remove_all(folder / "out");
        session->exportMasks(folder / "out");
        EXPECT_TRUE(waitFor<JobFinished>());
        return readIndexMask(folder / "out/big_mask.png").value();
    }
    IndexMask labelsOverPredicted() const {
        return merged(labels, predicted.toMask(), session->classes(), MergeOver::Unlabelled).toMask();
    }

    ImageId id;
    LabelMap labels;
    LabelMap predicted{kLarge};
    size_t answered = 0;
};

TEST_F(PredictLarge, AllCellsArePredictedAndExportedUnderTheLabels) {
    session->predictAll();
    answer(kCells);
    EXPECT_THAT(ended().files, ElementsAre(folder / "big.tif"));
    ASSERT_TRUE(session->predictedCells(id));
    EXPECT_EQ(*session->predictedCells(id), predicted);
    EXPECT_EQ(exportedMask(), labelsOverPredicted());
    EXPECT_THAT(noticed(), IsEmpty());

    saveAs(folder / "a.finebrush");
    restart();
    open(folder / "a.finebrush");
    ASSERT_TRUE(session->predictedCells(id));
    EXPECT_EQ(*session->predictedCells(id), predicted);
    EXPECT_EQ(exportedMask(), labelsOverPredicted());
    events.clear();
    session->predictAll();
    EXPECT_THAT(ended().files, IsEmpty());
    EXPECT_THAT(asked(), SizeIs(kCells));
}

TEST_F(PredictLarge, WhatIsPredictedInPartIsSaidAndGoesOnAfterARestart) {
    session->predictAll();
    answer(4);
    ASSERT_TRUE(waitForAsked(5));
    session->stopPredictingAll();
    EXPECT_EQ(exportedMask(), labelsOverPredicted());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImagesPredictedInPart));

    saveAs(folder / "a.finebrush");
    restart();
    open(folder / "a.finebrush");
    session->predictAll();
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; }));
    engine.sayHello();
    answered = 5;
    answer(kCells - 4);
    EXPECT_EQ(ended().kind, JobFinished::Kind::PredictedImages);
    EXPECT_EQ(exportedMask(), labelsOverPredicted());
    EXPECT_THAT(noticed(), IsEmpty());
}

TEST_F(PredictLarge, AnEngineThatDiesInTrainingLeavesWhatWasPredicted) {
    session->predictAll();
    answer(kCells);
    ASSERT_TRUE(waitForEnd());
    beginAdaptation();
    EXPECT_FALSE(session->predictedCells(id));
    engine.die("killed");
    ASSERT_TRUE(session->predictedCells(id));
    EXPECT_EQ(*session->predictedCells(id), predicted);
}

TEST_F(PredictLarge, ACellOfTheScreenIsPredictedBeforeTheOthers) {
    show(id);
    session->setSeen({2500, 1500, 300, 300});
    ASSERT_TRUE(waitForAsked(1));
    EXPECT_EQ(asked().back(), cellId(id, {0, 2, 1}));
    session->predictAll();
    ASSERT_TRUE(waitForPlan());
    answer(2);
    EXPECT_EQ(asked().back(), cellId(id, {0, 0, 0}));
}

}  // namespace
}  // namespace finebrush
