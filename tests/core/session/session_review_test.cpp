// What a person says of the labels of images: done, or to be checked.

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"
#include "tests/support/file_bytes.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;

class SessionReview : public testing::SessionTest {
  protected:
    /// Of the rows of the list.
    std::vector<ReviewState> reviews() const {
        std::vector<ReviewState> found;
        for (const ImageGroup& group : session->imageGroups()) found.push_back(group.review);
        return found;
    }
    /// The names of what is exported as masks into a folder of the test.
    std::vector<std::string> exportedMasks(const char* to) {
        events.clear();
        session->exportMasks(folder / to);
        EXPECT_TRUE(waitFor<JobFinished>());
        std::vector<std::string> names;
        const JobFinished finished = eventsOf<JobFinished>().back();
        for (const std::filesystem::path& file : finished.files) names.push_back(file.filename());
        return names;
    }
};

TEST_F(SessionReview, AMarkIsAnEditThatIsUndoneAndOutlivesARestart) {
    const ImageId first = addPicture("a.png");
    const ImageId second = addPicture("b.png");
    events.clear();
    session->setReview({first, second}, ReviewState::Done);
    EXPECT_FALSE(eventsOf<ImagesChanged>().empty());
    EXPECT_FALSE(eventsOf<HistoryChanged>().empty());
    EXPECT_EQ(session->shownImage()->id, second) << "it stays on the screen";
    session->setReview({first}, ReviewState::ToCheck);
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::ToCheck, ReviewState::Done));
    ASSERT_TRUE(waitUntilDurable());
    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::ToCheck, ReviewState::Done));
    session->undo();
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::Done, ReviewState::Done));
    session->undo();
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::Open, ReviewState::Open));
    session->redo();
    session->redo();
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::ToCheck, ReviewState::Done));
}

TEST_F(SessionReview, AVolumeIsMarkedWithTheSlicesThatAreLookedAtLater) {
    testing::writeNifti(folder / "brain.nii.gz", {6, 5, 7});
    session->addImages({folder / "brain.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    session->setReview({session->shownImage()->id}, ReviewState::Done);
    showSlice("axial:1");
    paint(1, {2.5, 2.5}, 1);
    showSlice("coronal:2");
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::Done));
    for (const ImageEntry& entry : session->images()) EXPECT_EQ(entry.review, ReviewState::Done);
    session->setReview({session->shownImage()->id}, ReviewState::Open);
    EXPECT_THAT(reviews(), ElementsAre(ReviewState::Open));
}

TEST_F(SessionReview, AnExportMayBeOfDoneImagesOnly) {
    const ImageId first = addPicture("a.png");
    paintTwoClasses();
    addPicture("b.png");
    paintTwoClasses();
    session->setExportsOnlyDone(true);
    events.clear();
    session->exportMasks(folder / "none");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NoImageDone));
    EXPECT_FALSE(std::filesystem::exists(folder / "none"));

    session->setReview({first}, ReviewState::Done);
    EXPECT_THAT(exportedMasks("done"), ElementsAre("a_mask.png"));
    session->exportStatistics(folder / "done/statistics.csv");
    ASSERT_TRUE(queue.runUntil([&] { return eventsOf<JobFinished>().size() == 2; }));
    const std::vector<uint8_t> bytes = testing::bytesOf(folder / "done/statistics.csv");
    const std::string table(bytes.begin(), bytes.end());
    EXPECT_THAT(table, ::testing::HasSubstr("a.png"));
    EXPECT_THAT(table, ::testing::Not(::testing::HasSubstr("b.png")));
    session->setExportsOnlyDone(false);
    EXPECT_THAT(exportedMasks("all"), ElementsAre("a_mask.png", "b_mask.png"));
}

}  // namespace
}  // namespace finebrush
