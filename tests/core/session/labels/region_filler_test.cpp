#include "core/session/labels/region_filler.h"

#include "core/image/raster/raster_reader.h"
#include "core/labels/flood_fill.h"
#include "core/labels/polygon_fill.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

/// An image that is too large to be filled at once, whose colours tell the place.
class RegionFillerTest : public testing::SessionTest {
  protected:
    RegionFillerTest() { addPicture("a.png", {700, 600}); }

    void preview(int tolerance, uint8_t value = 1) {
        session->previewFill({SimilarColours{{100.5, 100.5}, tolerance}, value});
    }
    int64_t pixelsOf(uint8_t value) { return session->labels().histogram()[value]; }
    bool waitForPixels(int64_t count) {
        return queue.runUntil([&] { return pixelsOf(1) == count; });
    }
};

TEST_F(RegionFillerTest, TheNewestWishIsSeenAndNotFinished) {
    for (int tolerance = 1; tolerance <= 10; ++tolerance) preview(tolerance);
    EXPECT_TRUE(session->labels().isEmpty());
    ASSERT_TRUE(waitForPixels(21 * 21));
    preview(5);
    ASSERT_TRUE(waitForPixels(11 * 11));
    EXPECT_FALSE(session->canUndo());
    session->finishFill();
    EXPECT_TRUE(session->canUndo());
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
}

TEST_F(RegionFillerTest, WhatIsFinishedBeforeItIsSeenIsNotLost) {
    preview(5);
    session->finishFill();
    session->previewFill({SimilarColours{{200.5, 200.5}, 2}, 0});
    session->finishFill();
    ASSERT_TRUE(queue.runUntil([&] { return pixelsOf(1) == 121 && pixelsOf(0) == 25; }));
    session->undo();
    EXPECT_EQ(pixelsOf(0), 0);
    EXPECT_EQ(pixelsOf(1), 121);
}

TEST_F(RegionFillerTest, ItCanBeTakenBackSeenOrNot) {
    preview(5);
    ASSERT_TRUE(waitForPixels(121));
    preview(10);
    session->cancelPainting();
    EXPECT_TRUE(session->labels().isEmpty());
    paint(1, {20, 20}, 4);
    const int64_t painted = pixelsOf(1);
    preview(3);
    ASSERT_TRUE(waitForPixels(painted + 49));
    session->cancelPainting();
    EXPECT_EQ(pixelsOf(1), painted) << "the stroke stays";
}

TEST_F(RegionFillerTest, ASmallImageIsFilledAtOnce) {
    addPicture("b.png", {200, 200});
    preview(5);
    EXPECT_EQ(pixelsOf(1), 121);
}

/// An image that is too large for any fill of it to be done at once, with a frame of the first class.
class LargeFillTest : public testing::SessionTest {
  protected:
    static constexpr PixelSize kSize{2000, 1800};
    static constexpr RectInImage kFrame{100, 100, 400, 300};

    LargeFillTest() {
        addPicture("a.png", kSize);
        session->fill(PixelRegion::ofRect(kFrame, kSize), 0);
        session->fill(PixelRegion::ofRect(kInside, kSize), kUnlabelled);
    }
    int64_t pixelsOf(uint8_t value) { return session->labels().histogram()[value]; }
    bool waitForPixels(int64_t count) {
        return queue.runUntil([&] { return pixelsOf(1) == count; });
    }

    static constexpr RectInImage kInside{110, 110, 380, 280};
    static constexpr int64_t kOutside = kSize.width * kSize.height - 400 * 300;
};

TEST_F(LargeFillTest, WhatHangsTogetherIsFoundAsideAndIsOneStep) {
    const int64_t expected = equalLabelRegion(session->labels(), {5, 5}).area();
    session->fill({EqualLabels{{5, 5}}, 1});
    EXPECT_EQ(pixelsOf(1), 0) << "the window does not wait";
    ASSERT_TRUE(waitForPixels(expected));
    EXPECT_EQ(expected, kOutside);
    session->undo();
    EXPECT_EQ(pixelsOf(1), 0);
    EXPECT_EQ(pixelsOf(0), kFrame.area() - kInside.area());
}

TEST_F(LargeFillTest, AFillThatIsNotSeenYetIsUnsavedWorkAndTheFirstToBeTakenBack) {
    ASSERT_TRUE(queue.runUntil([&] { return session->isDurable(); }));
    const LabelMap before = session->labels();
    session->fill({EqualLabels{{5, 5}}, 1});
    EXPECT_TRUE(session->hasUnsavedWork());
    EXPECT_FALSE(session->isDurable());
    session->undo();
    ASSERT_TRUE(queue.runUntil([&] { return session->isDurable(); }));
    EXPECT_FALSE(session->hasUnsavedWork());
    EXPECT_EQ(session->labels(), before);
    session->undo();
    EXPECT_EQ(pixelsOf(0), kFrame.area()) << "the step before it, that emptied the frame";
}

TEST_F(LargeFillTest, AStrokeThatIsNewerThanAFillIsTakenBackBeforeIt) {
    session->fill({EqualLabels{{5, 5}}, 1});
    paint(0, {1000, 1000}, 20);
    session->undo();
    EXPECT_EQ(session->labels().at(1000, 1000), kUnlabelled);
    session->undo();
    ASSERT_TRUE(queue.runUntil([&] { return session->isDurable(); }));
    EXPECT_EQ(pixelsOf(1), 0);
    EXPECT_EQ(pixelsOf(0), kFrame.area() - kInside.area());
}

TEST_F(LargeFillTest, FillsFollowEachOtherAsTheyWereAskedFor) {
    session->fill({EqualLabels{{5, 5}}, 1});
    session->fill({EqualLabels{{102, 102}}, 1});  // the frame
    session->fill({EqualLabels{{200, 200}}, 1});
    ASSERT_TRUE(waitForPixels(kSize.area()));
    for (int i = 0; i < 3; ++i) session->undo();
    EXPECT_EQ(pixelsOf(1), 0);
}

TEST_F(LargeFillTest, WhatIsPaintedMeanwhileStays) {
    session->fill({EqualLabels{{5, 5}}, 1});
    paint(0, {900, 900}, 20);
    const int64_t painted = pixelsOf(0) - (kFrame.area() - kInside.area());
    ASSERT_GT(painted, 0);
    ASSERT_TRUE(waitForPixels(kOutside - painted));
}

TEST_F(LargeFillTest, APreviewOfEqualLabelsIsSeenAndNotFinished) {
    session->previewFill({EqualLabels{{200, 200}}, 1});
    session->previewFill({EqualLabels{{5, 5}}, 1});
    ASSERT_TRUE(waitForPixels(kOutside));
    session->cancelPainting();
    EXPECT_EQ(pixelsOf(1), 0);
}

TEST_F(LargeFillTest, APolygonIsFilledAsideWhereItIsLarge) {
    const std::vector<PointInImage> points = {{0, 0}, {1990, 10}, {700, 1790}};
    session->fill({PolygonArea{points}, 1});
    EXPECT_EQ(pixelsOf(1), 0);
    ASSERT_TRUE(waitForPixels(polygonRegion(points, kSize).area()));
    session->undo();
    session->fill({PolygonArea{{{0, 0}, {90, 0}, {0, 90}}}, 1});
    EXPECT_GT(pixelsOf(1), 0) << "what is little is filled at once";
    EXPECT_TRUE(session->canUndo());
}

TEST_F(LargeFillTest, ARectangleIsFilledAsideWhereItIsLarge) {
    session->fill(PixelRegion::ofRect({0, 0, 1900, 1700}, kSize), 1);
    EXPECT_EQ(pixelsOf(1), 0);
    ASSERT_TRUE(waitForPixels(1900 * 1700));
}

TEST_F(LargeFillTest, AnExportThatIsAskedForMeanwhileHasIt) {
    session->fill({EqualLabels{{5, 5}}, 1});
    events.clear();
    session->exportMasks(folder / "out");
    EXPECT_EQ(pixelsOf(1), 0) << "the window does not wait";
    EXPECT_THAT(eventsOf<FileWork>(), ElementsAre(FileWork{true, false}));
    ASSERT_TRUE(waitFor<JobFinished>());
    const IndexMask exported = readIndexMask(folder / "out/a_mask.png").value();
    EXPECT_EQ(exported.at(5, 5), 1);
    EXPECT_EQ(exported, session->labels().toMask());
    EXPECT_EQ(eventsOf<FileWork>().back(), FileWork());
}

TEST_F(LargeFillTest, AnExportWaitsForNoFillThatIsTakenBack) {
    session->fill({EqualLabels{{5, 5}}, 1});
    events.clear();
    session->exportMasks(folder / "out");
    session->undo();
    ASSERT_TRUE(waitFor<JobFinished>());
    const IndexMask exported = readIndexMask(folder / "out/a_mask.png").value();
    EXPECT_EQ(exported.at(5, 5), kUnlabelled);
    EXPECT_EQ(exported.at(102, 102), 0) << "the frame";
}

TEST_F(LargeFillTest, AnExportCanBeStoppedWhileItWaits) {
    session->fill({EqualLabels{{5, 5}}, 1});
    events.clear();
    session->exportMasks(folder / "out");
    session->stopFileWork();
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::StoppedExport);
    EXPECT_FALSE(std::filesystem::exists(folder / "out/a_mask.png"));
    EXPECT_EQ(pixelsOf(1), kOutside) << "the fill goes on";
}

TEST_F(LargeFillTest, AnAdaptationThatIsBegunMeanwhileLearnsFromIt) {
    session->fill({EqualLabels{{5, 5}}, 1});  // the second class
    session->adapt({});
    EXPECT_EQ(pixelsOf(1), 0) << "the window does not wait";
    EXPECT_EQ(session->engineState(), EngineState::Starting);
    ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return session->engineState() == EngineState::Adapting; }));
    const auto heard = engine.heard<messages::Adapt>();
    ASSERT_THAT(heard, SizeIs(1));
    ASSERT_THAT(heard.front().images, SizeIs(1));
    EXPECT_EQ(heard.front().images.front().labels, session->labels().toMask());
    EXPECT_EQ(pixelsOf(1), kOutside);
}

TEST_F(LargeFillTest, AnAdaptationCanBeStoppedWhileItWaits) {
    session->fill({EqualLabels{{5, 5}}, 1});
    session->adapt({});
    EXPECT_TRUE(session->canStop());
    session->stop();
    EXPECT_EQ(session->engineState(), EngineState::Off);
    ASSERT_TRUE(waitForPixels(kOutside));
    queue.runPosted();
    EXPECT_EQ(session->engineState(), EngineState::Off);
    EXPECT_EQ(engine.starts, 0);
}

}  // namespace
}  // namespace finebrush
