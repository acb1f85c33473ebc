#include "core/session/labels/labelled_folder.h"

#include "core/base/files.h"
#include "core/exporters/mask_exporter.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <string>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class LabelledFolder : public ::testing::Test {
  protected:
    LabelledFolder() {
        std::filesystem::create_directories(folder / "images");
        std::filesystem::create_directories(folder / "labels");
    }
    void writeMask(const std::string& name, PixelSize size, uint8_t value) {
        IndexMask mask{size, std::vector<uint8_t>(static_cast<size_t>(size.area()), kUnlabelled)};
        mask.values[5] = value;
        ASSERT_TRUE(exportMask(folder / "labels" / name, LabelMap::fromMask(mask), {}, {}).has_value());
    }
    ImportedFolder import() { return importLabelledFolder(folder.path(), {}, {}, {}).value(); }
    static std::vector<std::string> namesOf(const ClassTable& classes) {
        std::vector<std::string> names;
        for (const LabelClass& entry : classes.classes()) names.push_back(entry.name);
        return names;
    }

    testing::TemporaryFolder folder;
};

TEST_F(LabelledFolder, HoldsLabelsOfAnyFormatThatCanBeImported) {
    for (const char* name : {"images/a.png", "images/b.png", "images/c.png"})
        testing::writePicture(folder / name, {20, 10});
    writeMask("a_mask.png", {20, 10}, 1);
    ASSERT_TRUE(writeFileAtomically(folder / "labels/b.json", R"({"shapes": [{"shape_type": "rectangle",
        "label": "roof", "points": [[0, 0], [4, 4]]}]})")
                    .has_value());
    const ImportedFolder imported = import();
    EXPECT_THAT(imported.problems, IsEmpty());
    ASSERT_THAT(imported.images, SizeIs(3));
    EXPECT_THAT(namesOf(imported.classes), UnorderedElementsAre("class 1", "roof"));
    EXPECT_EQ(imported.images[0].labels.value().at(5, 0), 1);
    const uint8_t drawn = imported.images[1].labels.value().at(2, 2);
    ASSERT_TRUE(imported.classes.findValue(drawn));
    EXPECT_EQ(imported.classes.findValue(drawn)->name, "roof");
    EXPECT_FALSE(imported.images[2].labels);
}

TEST_F(LabelledFolder, WhatDoesNotFitIsLeftOutWithItsNameAndTheRestIsThere) {
    testing::writePicture(folder / "images/a.png", {20, 10});
    testing::writePicture(folder / "images/b.png", {20, 10});
    writeMask("a.png", {3, 3}, 1);
    writeMask("b.png", {20, 10}, 1);
    writeMask("other.png", {20, 10}, 1);
    const ImportedFolder imported = import();
    ASSERT_THAT(imported.problems, SizeIs(2));
    EXPECT_EQ(imported.problems[0].code, ErrorCode::LabelsSizeMismatch);
    EXPECT_EQ(imported.problems[0].arguments[0], utf8(folder / "labels/a.png"));
    EXPECT_EQ(imported.problems[1].code, ErrorCode::LabelsNoImage);
    EXPECT_FALSE(imported.images[0].labels);
    EXPECT_EQ(imported.images[1].labels.value().at(5, 0), 1);
    EXPECT_THAT(namesOf(imported.classes), ElementsAre("class 1"));
}

TEST_F(LabelledFolder, LabelsOfAVolumeBringItsSlices) {
    testing::writeNifti(folder / "images/scan.nii.gz", {6, 5, 7});
    nifti::Header header;
    header.dim = {3, 6, 5, 7, 1, 1, 1, 1};
    header.pixdim = {1, 1, 1, 1, 0, 0, 0, 0};
    header.datatype = 2;
    header.sformCode = 1;
    header.srow = {{{-1, 0, 0, 0}, {0, -1, 0, 0}, {0, 0, 1, 0}}};
    std::vector<uint8_t> bytes = nifti::encodeHeader(header);
    std::vector<uint8_t> voxels(6 * 5 * 7, 0);
    voxels[30 * 5] = 2;  // in the sixth slice
    bytes.insert(bytes.end(), voxels.begin(), voxels.end());
    ASSERT_TRUE(writeFileAtomically(folder / "labels/scan_seg.nii.gz", testing::gzip(bytes)).has_value());
    const ImportedFolder imported = import();
    EXPECT_THAT(imported.problems, IsEmpty());
    ASSERT_THAT(imported.images, SizeIs(2));
    EXPECT_EQ(imported.images[1].record.slice, sliceFromText("axial:5"));
    EXPECT_EQ(imported.images[1].labels.value().histogram()[2], 1);
    EXPECT_THAT(namesOf(imported.classes), ElementsAre("background", "class 2"));
}

TEST(ImportLabelledFolder, SearchesBelowAFolderWithoutImages) {
    const testing::TemporaryFolder folder;
    std::filesystem::create_directories(folder / "STU/SE1");
    for (int i = 0; i < 3; ++i) {
        testing::DicomSample sample;
        sample.put(DCM_SeriesInstanceUID, "1.2.826.1");
        sample.put(DCM_SOPInstanceUID, "1.2.826.1." + std::to_string(i));
        sample.place("0\\0\\" + std::to_string(i));
        sample.write(folder / ("STU/SE1/IM" + std::to_string(i)));
    }
    const ImportedFolder imported = importLabelledFolder(folder.path(), {}, {}, {}).value();
    ASSERT_THAT(imported.images, SizeIs(1));
    EXPECT_EQ(imported.images[0].record.path, folder / "STU/SE1/IM0");
    EXPECT_THAT(imported.problems, IsEmpty());
}

}  // namespace
}  // namespace finebrush
