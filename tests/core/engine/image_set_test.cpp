#include "core/engine/image_set.h"

#include "core/base/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <fstream>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;

/// Files are known by their names alone here.
void touch(const std::filesystem::path& file) {
    std::ofstream(file) << "x";
}

const SliceAddress kSlice{SliceView::Axial, 12, 0};

TEST(ImagesNamed, AFolderGivesItsImagesAndVolumes) {
    const TemporaryFolder folder;
    for (const char* name : {"c.nii.gz", "b.dcm", "a.png", "d.nii", "notes.txt", "e.gz"}) {
        touch(folder / name);
    }
    EXPECT_THAT(imagesNamed({folder.path()}).value(),
                ElementsAre(ImageAddress(folder / "a.png"), ImageAddress(folder / "b.dcm"),
                            ImageAddress(folder / "c.nii.gz"), ImageAddress(folder / "d.nii")));
}

TEST(ImagesNamed, ASliceIsNamedAfterItsFile) {
    const TemporaryFolder folder;
    touch(folder / "c.nii.gz");
    touch(folder / "c#axial:1");
    EXPECT_THAT(imagesNamed({folder / "c.nii.gz#axial:12", folder / "c#axial:1"}).value(),
                ElementsAre(ImageAddress(folder / "c.nii.gz", kSlice), ImageAddress(folder / "c#axial:1")));
    const auto missing = imagesNamed({folder / "none.nii#axial:12"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error(), (Error{ErrorCode::FileMissing, {utf8(folder / "none.nii#axial:12")}, {}}));
}

TEST(ImagesNamed, AFolderWithoutImagesIsRefused) {
    const TemporaryFolder folder;
    touch(folder / "notes.txt");
    EXPECT_EQ(imagesNamed({folder.path()}).error().code, ErrorCode::NoImages);
}

TEST(PairsWithLabels, LabelsAreCalledByTheStemOfTheAddress) {
    const TemporaryFolder folder;
    touch(folder / "brain.png");
    touch(folder / "brain_axial012.png");
    const ImageAddress whole(folder / "brain.nii.gz"), slice(folder / "brain.nii.gz", kSlice);
    const auto pairs = pairsWithLabels({whole, slice, ImageAddress(folder / "other.png")}, folder.path());
    ASSERT_TRUE(pairs);
    ASSERT_EQ(pairs->size(), 2u);
    EXPECT_EQ((*pairs)[0].image, whole);
    EXPECT_EQ((*pairs)[0].labels, folder / "brain.png");
    EXPECT_EQ((*pairs)[1].image, slice);
    EXPECT_EQ((*pairs)[1].labels, folder / "brain_axial012.png");
}

TEST(PairsWithLabels, NoTwoImagesShareTheirLabels) {
    const TemporaryFolder folder;
    touch(folder / "a.PNG");
    const ImageAddress one(folder / "one/a.png"), two(folder / "two/a.png");
    EXPECT_EQ(pairsWithLabels({one}, folder.path())->front().labels, folder / "a.PNG");
    const auto pairs = pairsWithLabels({one, two}, folder.path());
    ASSERT_FALSE(pairs);
    EXPECT_EQ(pairs.error().code, ErrorCode::LabelsShared);
}

TEST(ImagesNamed, AnImageThatIsNamedTwiceCountsOnce) {
    const TemporaryFolder folder;
    touch(folder / "a.png");
    EXPECT_THAT(imagesNamed({folder / "a.png", folder.path(), folder / "a.png"}).value(),
                ElementsAre(ImageAddress(folder / "a.png")));
}

}  // namespace
}  // namespace finebrush
