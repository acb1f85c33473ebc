#include "core/exporters/mask_exporter.h"
#include "core/session/session.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing::writeNifti;
using testing::writePicture;

void writeSeries(const std::filesystem::path& folder, const std::vector<double>& depths) {
    for (size_t i = 0; i < depths.size(); ++i) {
        testing::DicomSample sample;
        sample.put(DCM_SeriesInstanceUID, "1.2.826.77");
        sample.put(DCM_SOPInstanceUID, "1.2.826.77." + std::to_string(i));
        sample.place("0\\0\\" + std::to_string(depths[i]));
        sample.write(folder / ("IM" + std::to_string(i)));
    }
}

/// A session over one volume of 6 × 5 × 7 voxels.
class SessionVolumes : public testing::SessionTest {
  protected:
    void openVolume(const std::string& name = "brain.nii.gz") {
        writeNifti(folder / name, {6, 5, 7});
        session->addImages({folder / name});
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    }
    /// Of the second slice, which is shown first, and of the third.
    void paintTwoSlicesOfAScan() {
        std::filesystem::create_directories(folder / "scan");
        writeSeries(folder / "scan", {4, 6, 8});
        session->addImages({folder / "scan/IM0"});
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
        paint(1, {2.5, 2.5}, 1);
        showSlice("stored:2");
        paint(0, {3.5, 2.5}, 1);
    }
    std::vector<std::string> slices() const {
        std::vector<std::string> texts;
        for (const ImageEntry& entry : session->images()) texts.push_back(toText(*entry.slice));
        return texts;
    }
};

TEST_F(SessionVolumes, AVolumeIsOneImageItsMiddleSlice) {
    openVolume();
    EXPECT_THAT(slices(), ElementsAre("axial:3"));
    EXPECT_EQ(session->images()[0].path, folder / "brain.nii.gz");
    EXPECT_EQ(session->shownImage()->slice, sliceFromText("axial:3"));
    EXPECT_EQ(session->shownImage()->grid.size[2], 7);
    EXPECT_EQ(session->labels().size(), (PixelSize{6, 5}));
    session->addImages({folder / "brain.nii.gz"});
    queue.runPosted();
    EXPECT_THAT(session->images(), SizeIs(1));
}

TEST_F(SessionVolumes, EachSliceHasLabelsOfItsOwn) {
    openVolume();
    addPicture("a.png");
    show(session->images()[0].id);
    paint(1, {2.5, 2.5}, 1);
    showSlice("axial:4");
    EXPECT_TRUE(session->labels().isEmpty());
    paint(0, {3.5, 3.5}, 1);
    showSlice("coronal:1");
    EXPECT_EQ(session->labels().size(), (PixelSize{6, 7}));
    showSlice("axial:2");
    showSlice("axial:3");
    EXPECT_EQ(session->labels().at(2, 2), 1);
    showSlice("axial:4");
    EXPECT_EQ(session->labels().at(3, 3), 0);
    ASSERT_THAT(session->images(), SizeIs(3)) << "slices that were only looked at do not stay";
    EXPECT_EQ(session->images().back().path, folder / "a.png") << "slices stay together, in their order";
    EXPECT_EQ(session->images()[0].slice, sliceFromText("axial:3"));
    EXPECT_EQ(session->images()[1].slice, sliceFromText("axial:4"));
}

TEST_F(SessionVolumes, OnlyPaintedSlicesStayInTheList) {
    openVolume();
    showSlice("axial:0");
    showSlice("axial:1");
    EXPECT_THAT(slices(), ElementsAre("axial:1")) << "the one on the screen stands for the volume";
    paint(1, {2.5, 2.5}, 1);
    showSlice("coronal:1");
    EXPECT_THAT(slices(), ElementsAre("axial:1", "coronal:1"));
    const ImageId picture = addPicture("a.png");
    ASSERT_THAT(session->images(), SizeIs(3)) << "what was looked at last stays while another image is shown";
    show(session->images()[0].id);
    session->undo();
    EXPECT_THAT(session->images(), SizeIs(2)) << "the slice on the screen stays";
    show(picture);
    EXPECT_THAT(session->images(), SizeIs(2)) << "the volume stays in the list";
    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    EXPECT_THAT(session->images(), SizeIs(2));
}

TEST_F(SessionVolumes, AVolumeIsOneRowThatLeadsToTheSliceLookedAtLast) {
    openVolume();
    paint(1, {2.5, 2.5}, 1);
    showSlice("coronal:1");
    paint(1, {2.5, 2.5}, 1);
    showSlice("axial:5");
    const ImageId last = session->shownImage()->id;
    addPicture("a.png");
    const auto front = [&](size_t row) { return session->images()[session->imageGroups()[row].front].id; };
    EXPECT_THAT(session->imageGroups(), ElementsAre(ImageGroup{0, 3, 1}, ImageGroup{3, 1, 3}));
    EXPECT_EQ(front(0), last);
    EXPECT_EQ(session->images()[0].slices, 7);
    EXPECT_EQ(session->images()[3].slices, 0);
    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    EXPECT_EQ(front(0), last);
    EXPECT_TRUE(queue.runUntil([&] { return session->images()[0].slices == 7; })) << "it is not shown yet";
    show(last);
    showSlice("axial:6");
    EXPECT_EQ(session->imageGroups()[0].count, 3U) << "the slice of before has left the list";
}

TEST_F(SessionVolumes, AVolumeIsRemovedWithAllItsSlices) {
    openVolume();
    for (const char* slice : {"axial:1", "axial:2", "coronal:3"}) {
        showSlice(slice);
        paint(1, {2.5, 2.5}, 1);
    }
    const ImageId first = addPicture("a.png"), second = addPicture("b.png");
    show(session->images()[0].id);
    session->removeVolume(session->images()[1].id);
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() && session->shownImage()->id == first; }))
        << "the next row takes its place";
    EXPECT_EQ(session->images()[1].id, second);
    EXPECT_THAT(session->imageGroups(), SizeIs(2));
    session->undo();
    ASSERT_THAT(session->imageGroups(), SizeIs(3));
    EXPECT_EQ(session->imageGroups()[0].count, 3U);
}

TEST_F(SessionVolumes, SlicesThatWereOnlyLookedAtMoveWithTheirVolume) {
    openVolume();
    paint(1, {2.5, 2.5}, 1);
    showSlice("axial:5");
    showSlice("axial:3");
    saveAs(folder / "p.finebrush");
    std::filesystem::create_directories(folder / "far");
    std::filesystem::rename(folder / "brain.nii.gz", folder / "far/brain.nii.gz");
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->images()[0].missing; }));
    session->locateImages(folder / "far");
    ASSERT_TRUE(queue.runUntil([&] { return !session->images()[0].missing; }));
    EXPECT_THAT(session->imageGroups(), SizeIs(1)) << "none stays at the place of before";
    EXPECT_TRUE(queue.runUntil([&] { return session->images()[0].slices == 7; }));
}

TEST_F(SessionVolumes, ASliceThatIsNotThereIsNotShown) {
    openVolume();
    for (const char* slice : {"axial:7", "coronal:5", "axial:3:1"}) {
        session->showSlice(sliceFromText(slice).value());
    }
    queue.runPosted();
    EXPECT_THAT(slices(), ElementsAre("axial:3"));
    EXPECT_TRUE(noticed().empty());
    addPicture("a.png");
    session->showSlice({});
    queue.runPosted();
    EXPECT_THAT(session->images(), SizeIs(2));
}

TEST_F(SessionVolumes, TheNewestWishDecidesWhichSliceIsShown) {
    openVolume();
    session->showSlice(sliceFromText("axial:0").value());
    session->showSlice(sliceFromText("axial:1").value());
    session->showSlice(sliceFromText("axial:1").value());
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice == sliceFromText("axial:1"); }));
    EXPECT_THAT(slices(), ElementsAre("axial:1"));
}

TEST_F(SessionVolumes, AnAddressedSliceIsOpened) {
    writeNifti(folder / "brain.nii", {6, 5, 7});
    session->addImages({folder / "brain.nii#sagittal:2"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_THAT(slices(), ElementsAre("sagittal:2"));
}

TEST_F(SessionVolumes, AMovedVolumeIsFoundWithAllItsSlices) {
    openVolume();
    paint(1, {2.5, 2.5}, 1);
    showSlice("coronal:1");
    paint(1, {4.5, 4.5}, 1);
    saveAs(folder / "p.finebrush");
    std::filesystem::create_directories(folder / "far");
    std::filesystem::rename(folder / "brain.nii.gz", folder / "far/renamed.nii.gz");
    restart();
    open(folder / "p.finebrush");
    const auto areMissing = [&](bool missing) {
        return queue.runUntil([&] {
            return std::ranges::all_of(session->images(),
                                       [&](const ImageEntry& entry) { return entry.missing == missing; });
        });
    };
    ASSERT_TRUE(areMissing(true));
    session->locateImages(folder / "far");
    ASSERT_TRUE(areMissing(false));
    EXPECT_THAT(slices(), ElementsAre("axial:3", "coronal:1"));
    for (const ImageEntry& entry : session->images()) {
        EXPECT_EQ(entry.path, folder / "far/renamed.nii.gz");
    }
    show(session->images()[1].id);
    EXPECT_EQ(session->labels().at(4, 4), 1);
    EXPECT_EQ(session->shownImage()->slice, sliceFromText("coronal:1"));
}

TEST_F(SessionVolumes, ABrushIsRoundInThePatient) {
    writeNifti(folder / "thick.nii.gz", {60, 60, 20}, 1, 3);
    session->addImages({folder / "thick.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    showSlice("coronal:30");
    paint(1, {30.5, 10.5}, 18);
    EXPECT_EQ(session->labels().at(38, 10), 1);
    EXPECT_EQ(session->labels().at(40, 10), kUnlabelled);
    EXPECT_EQ(session->labels().at(30, 12), 1);
    EXPECT_EQ(session->labels().at(30, 14), kUnlabelled) << "12 mm away";
}

TEST_F(SessionVolumes, ALabelledFolderMayHoldVolumes) {
    std::filesystem::create_directories(folder / "set/images");
    std::filesystem::create_directories(folder / "set/labels");
    writeNifti(folder / "set/images/brain.nii.gz", {6, 5, 7});
    IndexMask mask{{6, 5}, std::vector<uint8_t>(30, kUnlabelled)};
    mask.values[8] = 1;
    ASSERT_TRUE(exportMask(folder / "set/labels/brain.png", LabelMap::fromMask(mask), {}, {}).has_value());
    session->importFolder(folder / "set");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_THAT(slices(), ElementsAre("axial:3"));
    EXPECT_EQ(session->labels().at(2, 1), 1);
}

TEST_F(SessionVolumes, AFolderWithASeriesIsOneImage) {
    std::filesystem::create_directories(folder / "scan");
    writeSeries(folder / "scan", {4, 0, 2});
    session->importFolder(folder / "scan");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_THAT(slices(), ElementsAre("stored:1"));
    EXPECT_EQ(session->images()[0].path, folder / "scan/IM1");
    session->addImages({folder / "scan/IM0", folder / "scan/IM2"});
    showSlice("stored:2");
    EXPECT_THAT(slices(), ElementsAre("stored:2"));
    EXPECT_TRUE(noticed().empty());
}

TEST_F(SessionVolumes, FilesOfAKnownSeriesReadLateDoNotTakeANewerWishOffTheScreen) {
    std::filesystem::create_directories(folder / "scan");
    writeSeries(folder / "scan", {4, 0, 2});
    session->importFolder(folder / "scan");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    writePicture(folder / "last.png", {6, 5});
    std::vector<std::filesystem::path> files(50, folder / "scan/IM0");  // read after the slice
    files.push_back(folder / "last.png");
    session->addImages(files);
    session->showSlice(sliceFromText("stored:2").value());
    ASSERT_TRUE(queue.runUntil([&] { return session->images().size() == 2; }));
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice == sliceFromText("stored:2"); }));
}

TEST_F(SessionVolumes, ASliceAddedBesideItsVolumeIsShown) {
    writeNifti(folder / "brain.nii.gz", {6, 5, 7});
    session->addImages({folder / "brain.nii.gz", folder / "brain.nii.gz#axial:5"});
    EXPECT_TRUE(queue.runUntil(
        [&] { return session->shownImage() && session->shownImage()->slice == sliceFromText("axial:5"); }));
}

TEST_F(SessionVolumes, ASeriesWithAGapIsOneStackAndToldOnce) {
    writeSeries(folder.path(), {0, 2, 4, 10});
    session->addImages({folder / "IM2", folder / "IM0", folder / "IM3", folder / "IM1"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_THAT(slices(), ElementsAre("stored:2"));
    showSlice("stored:3");
    queue.runPosted();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::SeriesNotAStack));
}

TEST_F(SessionVolumes, LabelsStayWithTheirPictureWhenMoreOfTheSeriesComes) {
    paintTwoSlicesOfAScan();
    EXPECT_THAT(slices(), ElementsAre("stored:1", "stored:2"));
    writeSeries(folder / "scan", {4, 6, 8, 2, 0});
    session->showImage(session->images()[0].id);
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice == sliceFromText("stored:3"); }));
    EXPECT_EQ(session->labels().at(2, 2), 1);
    ASSERT_TRUE(queue.runUntil([&] {
        return slices() == std::vector<std::string>{"stored:3", "stored:4"};
    })) << "the other slices follow";

    saveAs(folder / "p.finebrush");
    writeSeries(folder / "scan", {4, 6, 8, 2, 0, -2});
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return slices() == std::vector<std::string>{"stored:4", "stored:5"}; }));
    for (const ImageEntry& entry : session->images()) EXPECT_EQ(entry.path, folder / "scan/IM5");
    show(session->images()[1].id);
    EXPECT_EQ(session->labels().at(3, 2), 0);
    EXPECT_EQ(session->shownImage()->slice, sliceFromText("stored:5"));
}

TEST_F(SessionVolumes, LabelsOfAFileThatWasAloneAreThoseOfItsSlice) {
    std::filesystem::create_directories(folder / "scan");
    writeSeries(folder / "scan", {4});
    session->addImages({folder / "scan/IM0"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    paint(1, {2.5, 2.5}, 1);
    saveAs(folder / "p.finebrush");
    writeSeries(folder / "scan", {4, 2, 0, 6, 8, 10});
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_EQ(session->shownImage()->slice, sliceFromText("stored:2"));
    EXPECT_EQ(session->labels().at(2, 2), 1);
    EXPECT_TRUE(queue.runUntil([&] { return session->images()[0].slice == sliceFromText("stored:2"); }));
    EXPECT_EQ(session->images()[0].path, folder / "scan/IM2");
}

TEST_F(SessionVolumes, AMovedSeriesIsFoundWithAllItsSlices) {
    paintTwoSlicesOfAScan();
    saveAs(folder / "p.finebrush");
    std::filesystem::rename(folder / "scan", folder / "moved");
    restart();
    open(folder / "p.finebrush");
    const auto isMissing = [](const ImageEntry& entry) { return entry.missing; };
    ASSERT_TRUE(queue.runUntil([&] { return std::ranges::all_of(session->images(), isMissing); }));
    session->locateImages(folder / "moved");
    ASSERT_TRUE(queue.runUntil([&] { return std::ranges::none_of(session->images(), isMissing); }));
    EXPECT_THAT(slices(), ElementsAre("stored:1", "stored:2"));
    for (const ImageEntry& entry : session->images()) EXPECT_EQ(entry.path, folder / "moved/IM0");
}

}  // namespace
}  // namespace finebrush
