#include "core/project/project.h"

#include "tests/core/project/sample_project.h"

#include <gmock/gmock.h>

#include <random>

namespace finebrush {
namespace {

using testing::makeClasses;
using testing::makePrediction;
using testing::makeRecord;
using testing::viewOf;

Project makeProject(const std::vector<std::string>& names = {"background", "cell"}) {
    return Project::create(makeClasses(names), [](const ProjectWrites&) {});
}

ImageId addImage(Project& project, PixelSize size = {100, 80}) {
    const ImageRecord record = makeRecord(size);
    project.addImage(record);
    return record.id;
}

void paint(Project& project, const ImageId& id, uint8_t value, PointInImage point, double diameter = 10) {
    project.beginStroke(id, value, diameter, point);
    project.finishPainting();
}

TEST(Project, UndoWalksBackThroughRandomEditsAndRedoForward) {
    for (uint32_t seed = 0; seed < 12; ++seed) {
        std::mt19937 random(seed);
        Project project = makeProject();
        addImage(project, {300, 200});
        addImage(project, {90, 310});
        addImage(project, {17, 5});
        std::vector<testing::ProjectView> states = {viewOf(project)};
        for (int i = 0; i < 40; ++i) {
            testing::doSomething(project, random);
            if (viewOf(project) != states.back()) states.push_back(viewOf(project));
            if (i % 7 != 0) continue;
            project.setReview(viewOf(project).images, static_cast<ReviewState>(random() % 3));
            if (viewOf(project) != states.back()) states.push_back(viewOf(project));
        }
        for (size_t i = states.size() - 1; i > 0; --i) {
            ASSERT_EQ(viewOf(project), states[i]) << "seed " << seed << ", state " << i;
            project.undo();
        }
        EXPECT_FALSE(project.canUndo());
        for (const testing::ProjectView& state : states) {
            ASSERT_EQ(viewOf(project), state) << "seed " << seed;
            project.redo();
        }
        EXPECT_FALSE(project.canRedo());
    }
}

TEST(Project, ANewEditDropsWhatWasUndone) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    paint(project, id, 0, {10, 10});
    paint(project, id, 1, {50, 50});
    project.undo();
    paint(project, id, 1, {70, 20});
    EXPECT_FALSE(project.canRedo());
    project.undo();
    project.undo();
    EXPECT_FALSE(project.canUndo());
    EXPECT_TRUE(project.image(id)->labels.isEmpty());
}

TEST(Project, AStrokeThatChangesNothingIsNoStep) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    paint(project, id, kUnlabelled, {10, 10});
    EXPECT_FALSE(project.canUndo());
    project.beginStroke(id, 1, 5, {500, 500});
    EXPECT_FALSE(project.finishPainting());
}

TEST(Project, ACancelledStrokeLeavesNoTrace) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    paint(project, id, 0, {10, 10});
    const auto before = viewOf(project);
    project.beginStroke(id, 1, 20, {10, 10});
    project.extendStroke({60, 60});
    EXPECT_TRUE(project.isPainting());
    const ProjectEffect effect = project.cancelPainting();
    EXPECT_FALSE(project.isPainting());
    ASSERT_EQ(effect.labels.size(), 1U);
    EXPECT_EQ(viewOf(project), before);
}

TEST(Project, AnImageAddedDuringAStrokeDoesNotDisturbIt) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    project.beginStroke(id, 1, 10, {10, 10});
    for (int i = 0; i < 100; ++i) addImage(project);
    project.extendStroke({50, 50});
    EXPECT_TRUE(project.finishPainting());
    EXPECT_EQ(project.image(id)->labels.at(50, 50), 1);
}

TEST(Project, RemovingAClassUnlabelsItsPixelsEverywhereAsOneStep) {
    Project project = makeProject();
    const ImageId first = addImage(project), second = addImage(project, {600, 600});
    paint(project, first, 1, {10, 10});
    paint(project, second, 1, {300, 300}, 200);
    paint(project, second, 0, {300, 300}, 50);
    const auto before = viewOf(project);
    const ProjectEffect effect = project.removeClass(project.classes().classes()[1].id);
    EXPECT_TRUE(effect.classes);
    EXPECT_EQ(effect.labels.size(), 2U);
    EXPECT_EQ(project.classes().size(), 1);
    EXPECT_EQ(project.image(first)->labelledPixels(), 0);
    EXPECT_EQ(project.image(second)->labels.histogram()[1], 0);
    EXPECT_GT(project.image(second)->labels.histogram()[0], 1900);
    project.undo();
    EXPECT_EQ(viewOf(project), before);
}

TEST(Project, ARemovedImageComesBackWithItsLabels) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    paint(project, id, 1, {10, 10});
    project.removeImage(id);
    EXPECT_EQ(project.image(id), nullptr);
    project.undo();
    ASSERT_NE(project.image(id), nullptr);
    EXPECT_GT(project.image(id)->labelledPixels(), 0);
}

TEST(Project, AVolumeIsRemovedWithAllItsSlicesAsOneStep) {
    Project project = makeProject();
    const ImageId picture = addImage(project);
    std::vector<ImageId> slices;
    for (const char* slice : {"axial:3", "axial:4", "coronal:1"}) {
        ImageRecord record = makeRecord({100, 80});
        record.path = "/brain.nii.gz";
        record.slice = sliceFromText(slice);
        project.addImage(record);
        slices.push_back(record.id);
    }
    paint(project, slices[2], 1, {10, 10});
    project.removeImage(slices[0]);
    EXPECT_TRUE(project.removeVolume(slices[1]).images);
    for (const ImageId& id : slices) EXPECT_EQ(project.image(id), nullptr);
    EXPECT_NE(project.image(picture), nullptr);
    project.undo();
    EXPECT_EQ(project.image(slices[0]), nullptr) << "it was removed before";
    EXPECT_NE(project.image(slices[1]), nullptr);
    ASSERT_NE(project.image(slices[2]), nullptr);
    EXPECT_GT(project.image(slices[2])->labelledPixels(), 0);
    project.redo();
    EXPECT_EQ(project.image(slices[2]), nullptr);
}

TEST(Project, AMarkIsOneStepForAllImagesThatGetIt) {
    Project project = makeProject();
    std::vector<ImageId> ids;
    for (const char* path : {"/a.png", "/b.png", "/c.png"}) {
        const ImageRecord record = makeRecord({100, 80}, path);
        project.addImage(record);
        ids.push_back(record.id);
    }
    const auto reviewOf = [&](size_t place) { return project.image(ids[place])->record.review; };
    EXPECT_TRUE(project.setReview({ids[0], ids[1]}, ReviewState::Done).images);
    project.setReview({ids[1]}, ReviewState::ToCheck);
    EXPECT_EQ(reviewOf(0), ReviewState::Done);
    EXPECT_EQ(reviewOf(1), ReviewState::ToCheck);
    EXPECT_EQ(reviewOf(2), ReviewState::Open);
    EXPECT_FALSE(project.setReview({ids[0], "nothing"}, ReviewState::Done).images) << "it is so already";
    EXPECT_EQ(project.stepsInEffect(), 2);
    project.undo();
    EXPECT_EQ(reviewOf(1), ReviewState::Done);
    project.undo();
    EXPECT_EQ(reviewOf(0), ReviewState::Open);
    EXPECT_EQ(reviewOf(1), ReviewState::Open);
    EXPECT_FALSE(project.canUndo());
}

TEST(Project, AVolumeIsMarkedWholeAlsoItsSlicesThatComeLater) {
    Project project = makeProject();
    const auto addSlice = [&](const char* slice) {
        ImageRecord record = makeRecord({100, 80}, "/brain.nii.gz");
        record.slice = sliceFromText(slice);
        project.addImage(record);
        return record.id;
    };
    const auto reviewOf = [&](const ImageId& id) { return project.image(id)->record.review; };
    const ImageId first = addSlice("axial:3"), second = addSlice("axial:4"), removed = addSlice("axial:5");
    project.removeImage(removed);
    project.setReview({first}, ReviewState::Done);
    const ImageId later = addSlice("coronal:1");
    EXPECT_EQ(reviewOf(second), ReviewState::Done);
    EXPECT_EQ(reviewOf(later), ReviewState::Done);
    project.undo();
    for (const ImageId& id : {first, second, later}) EXPECT_EQ(reviewOf(id), ReviewState::Open);
    project.redo();
    for (const ImageId& id : {first, second, later}) EXPECT_EQ(reviewOf(id), ReviewState::Done);

    project.removeVolume(first);
    EXPECT_EQ(reviewOf(addSlice("axial:3")), ReviewState::Open) << "what is added anew is not done";
}

TEST(Project, CountsLabelledPixelsAsTheyAre) {
    Project project = makeProject();
    const ImageId id = addImage(project, {400, 400});
    std::mt19937 random(3);
    for (int i = 0; i < 60; ++i) {
        testing::doSomething(project, random);
        const LabelMap& labels = project.image(id)->labels;
        ASSERT_EQ(project.image(id)->counts, LabelCounts::of(labels));
    }
}

TEST(Project, KnowsWhichClassesAreLabelledInImagesThatAreThere) {
    Project project = makeProject();
    const ImageId first = addImage(project), second = addImage(project);
    const ClassId background = project.classes().classes()[0].id, other = project.classes().classes()[1].id;
    EXPECT_TRUE(project.labelledClasses().empty());
    paint(project, first, 1, {10, 10});
    EXPECT_EQ(project.labelledClasses(), std::vector{other});
    EXPECT_FALSE(project.hasLabels(background));
    paint(project, second, 0, {10, 10});
    EXPECT_EQ(project.labelledClasses(), (std::vector{background, other}));
    project.removeImage(first);
    EXPECT_EQ(project.labelledClasses(), std::vector{background});
    project.undo();
    project.removeClass(background);
    EXPECT_EQ(project.labelledClasses(), std::vector{other});
}

TEST(Project, AcceptFillsOnlyWhatIsNotPainted) {
    Project project = makeProject();
    const ImageId id = addImage(project, {300, 300});
    paint(project, id, 0, {150, 150}, 40);
    const int64_t painted = project.image(id)->labelledPixels();
    project.setPrediction(makePrediction(id, {300, 300}, 1));
    project.acceptPrediction(id, false);
    EXPECT_EQ(project.image(id)->labels.histogram()[0], painted);
    EXPECT_EQ(project.image(id)->labels.histogram()[1], 300 * 300 - painted);
    project.undo();
    EXPECT_EQ(project.image(id)->labelledPixels(), painted);
    project.acceptPrediction(id, true);
    EXPECT_EQ(project.image(id)->labels.histogram()[1], 300 * 300);
}

TEST(Project, AcceptLeavesOutClassesThatAreGone) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    project.setPrediction(makePrediction(id, {100, 80}, 1));
    project.removeClass(project.classes().classes()[1].id);
    project.acceptPrediction(id, true);
    EXPECT_TRUE(project.image(id)->labels.isEmpty());
}

TEST(Project, AcceptRefusesAPredictionOfAnotherSize) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    project.setPrediction(makePrediction(id, {80, 100}, 1));
    EXPECT_TRUE(project.acceptPrediction(id, true).labels.empty());
    EXPECT_FALSE(project.canUndo());
}

TEST(Project, AValueThatANetworkWasTaughtIsNotGivenToAnotherClass) {
    Project project = makeProject();
    project.markClassesTaught();
    project.removeClass(project.classes().classes()[1].id);
    project.addClass("something else");
    EXPECT_EQ(project.classes().classes()[1].value, 2);

    Project untaught = makeProject();
    untaught.removeClass(untaught.classes().classes()[1].id);
    untaught.addClass("something else");
    EXPECT_EQ(untaught.classes().classes()[1].value, 1);
}

TEST(Project, AFinishedRunDropsTheFinalPredictionsOfTheOneBefore) {
    Project project = makeProject();
    const ImageId old = addImage(project), live = addImage(project);
    project.setPrediction(makePrediction(old, {100, 80}, 1, true));
    project.setPrediction(makePrediction(live, {100, 80}, 1, false));
    EXPECT_THAT(project.recordRun(testing::makeRun()), ::testing::ElementsAre(old));
    EXPECT_EQ(project.prediction(old), nullptr);
    EXPECT_NE(project.prediction(live), nullptr);
}

TEST(Project, AKeyThatIsTakenFromAnotherClassComesBackWithUndo) {
    Project project = makeProject();
    const ClassTable before = project.classes();
    LabelClass first = before.classes()[0];
    first.key = before.classes()[1].key;
    project.updateClass(first);
    EXPECT_EQ(project.classes().classes()[0].key, '2');
    EXPECT_EQ(project.classes().classes()[1].key, 0);
    project.undo();
    EXPECT_EQ(project.classes(), before);
    project.redo();
    EXPECT_EQ(project.classes().findKey('2')->id, first.id);
}

TEST(Project, AClassIsMovedAndKeepsAllElse) {
    Project project = makeProject();
    project.addClass("third");
    const ClassTable before = project.classes();
    const LabelClass first = before.classes()[0];
    project.moveClass(first.id, 2);
    EXPECT_EQ(project.classes().indexOf(first.id), 2);
    EXPECT_EQ(*project.classes().find(first.id), first);
    EXPECT_EQ(project.classes().classes()[0], before.classes()[1]);
    project.undo();
    EXPECT_EQ(project.classes(), before);
    project.redo();
    EXPECT_EQ(project.classes().indexOf(first.id), 2);
    project.undo();
    project.moveClass(first.id, -5);
    EXPECT_TRUE(project.canRedo()) << "it is the first already";
}

TEST(Project, OfTheAdaptersOfEarlierRunsTheNewestAreKept) {
    ProjectWrites newest;
    Project project = Project::create(testing::makeClasses({"background"}),
                                      [&](ProjectWrites writes) { newest = std::move(writes); });
    AdaptationRun run = testing::makeRun();
    run.outcome.adapter = {{"a", std::vector<uint8_t>(Project::kMostEarlierAdapterBytes * 5 / 8)}};
    for (int i = 0; i < 3; ++i) project.recordRun(run);
    ASSERT_EQ(project.earlierRuns().size(), 2U);
    EXPECT_EQ(project.earlierRuns()[0].adapterBytes, 0);
    EXPECT_GT(project.earlierRuns()[1].adapterBytes, 0);
    EXPECT_TRUE(project.earlierRuns()[1].run.metrics.empty());
    const auto& write = std::get<RunWrite>(newest.front());
    EXPECT_EQ(write.number, 3);
    EXPECT_THAT(write.adaptersToDrop, ::testing::ElementsAre(1));
}

TEST(Project, UnknownNamesChangeNothing) {
    Project project = makeProject();
    addImage(project);
    const auto before = viewOf(project);
    project.removeImage("nothing");
    project.removeClass("nothing");
    project.moveClass("nothing", 1);
    LabelClass entry;
    entry.id = "nothing";
    project.updateClass(entry);
    project.acceptPrediction("nothing", true);
    project.undo();
    project.redo();
    project.extendStroke({1, 1});
    EXPECT_FALSE(project.finishPainting());
    EXPECT_EQ(viewOf(project), before);
    EXPECT_FALSE(project.canUndo());
}

TEST(Project, LabelsLaidOverSeveralImagesAreOneStep) {
    Project project = makeProject();
    const ImageId first = addImage(project);
    const ImageId second = addImage(project, {20, 20});
    paint(project, second, 1, {10, 10});
    LabelMap ones({100, 80});
    ones.fill({0, 0, 100, 80}, 1);
    LabelMap zeros({20, 20});
    zeros.fill({0, 0, 20, 20}, 0);
    const LabelMap before = project.image(second)->labels;
    const auto effect = project.layOver({{first, ones}, {second, zeros}}, MergeOver::Unlabelled);
    EXPECT_EQ(effect.labels.size(), 2U);
    EXPECT_EQ(project.image(first)->labels, ones);
    EXPECT_EQ(project.image(second)->labels.at(10, 10), 1) << "it was labelled";
    EXPECT_EQ(project.image(second)->labels.at(0, 0), 0);
    project.undo();
    EXPECT_TRUE(project.image(first)->labels.isEmpty());
    EXPECT_EQ(project.image(second)->labels, before);
    project.undo();
    EXPECT_FALSE(project.canUndo());
}

TEST(Project, LabelsOfAnotherSizeOrWithoutNewsMakeNoStep) {
    Project project = makeProject();
    const ImageId id = addImage(project);
    LabelMap other({5, 5});
    other.fill({0, 0, 5, 5}, 1);
    EXPECT_TRUE(project.layOver({{id, other}, {"nothing", other}}, MergeOver::Everything).labels.empty());
    EXPECT_TRUE(project.layOver({{id, LabelMap({100, 80})}}, MergeOver::Everything).labels.empty());
    EXPECT_FALSE(project.canUndo());
}

}  // namespace
}  // namespace finebrush
