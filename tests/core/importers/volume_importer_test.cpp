#include "core/importers/volume_importer.h"

#include "core/exporters/volume_exporter.h"
#include "core/image/nifti/nifti_file.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/importers/import_fixtures.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class VolumeLabels : public testing::ImportTest {
  protected:
    VolumeLabels() {
        testing::writeNifti(folder / "scan.nii.gz", {7, 6, 5});
        targets = {{{folder / "scan.nii.gz", axial}, {7, 6}}, {{folder / "scan.nii.gz", coronal}, {7, 5}}};
        shown = 0;
    }

    const SliceAddress axial{SliceView::Axial, 2, 0}, coronal{SliceView::Coronal, 1, 0};
};

TEST_F(VolumeLabels, OwnLabelVolumesComeBackInEachSlice) {
    LabelVolume labels(nifti::readInfo(folder / "scan.nii.gz")->grid, kUnlabelled);
    IndexMask mask{{7, 6}, std::vector<uint8_t>(42, kUnlabelled)};
    for (size_t i = 0; i < mask.values.size(); ++i) mask.values[i] = static_cast<uint8_t>(i % 4);
    labels.setSlice(axial, mask);
    ASSERT_TRUE(exportLabelVolume(folder / "scan_labels.nii.gz", folder / "scan.nii.gz", labels, {}));

    const LabelImport found = import({folder / "scan_labels.nii.gz"});
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(2));
    EXPECT_EQ(found.images[0].labels.toMask(), mask);
    EXPECT_THAT(found.images[0].classes, SizeIs(4));
    EXPECT_EQ(found.images[1].labels.histogram()[kUnlabelled], 35 - 7) << "the slices cross in one row";
}

TEST_F(VolumeLabels, AnotherGridIsRefused) {
    testing::writeNifti(folder / "labels.nii", {7, 6, 4});
    EXPECT_THAT(codes(import({folder / "labels.nii"})), ElementsAre(ErrorCode::LabelsGridMismatch));
}

TEST_F(VolumeLabels, GreyValuesAreNoClasses) {
    testing::writeNifti(folder / "labels.nii", {7, 6, 5});
    EXPECT_THAT(codes(import({folder / "labels.nii"})), ElementsAre(ErrorCode::LabelsValueOutOfRange));
}

TEST_F(VolumeLabels, MagnitudesOfComplexNumbersAreNoClasses) {
    testing::writeComplexNifti(folder / "labels.nii", {7, 6, 5});
    EXPECT_THAT(codes(import({folder / "labels.nii"})), ElementsAre(ErrorCode::LabelsMalformed));
}

TEST_F(VolumeLabels, SeveralPointsInTimeAreNoLabels) {
    testing::writeNifti(folder / "labels.nii", {7, 6, 5}, 2);
    EXPECT_THAT(codes(import({folder / "labels.nii"})), ElementsAre(ErrorCode::LabelsNotIndexed));
}

TEST_F(VolumeLabels, AProjectWithoutVolumesHasNoImageForThem) {
    targets = {{folder / "a.png", {7, 6}}};
    testing::writeNifti(folder / "labels.nii", {7, 6, 5});
    EXPECT_THAT(codes(import({folder / "labels.nii"})), ElementsAre(ErrorCode::LabelsNoImage));
}

}  // namespace
}  // namespace finebrush
