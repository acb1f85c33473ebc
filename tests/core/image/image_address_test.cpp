#include "core/image/image_address.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <fstream>

namespace finebrush {
namespace {

TEST(ImageAddress, IsTextAndBack) {
    for (const SliceAddress& slice :
         {SliceAddress{SliceView::Stored, 0, 0}, {SliceView::Axial, 12, 0}, {SliceView::Sagittal, 3, 7}}) {
        EXPECT_EQ(sliceFromText(toText(slice)), slice);
    }
    EXPECT_EQ(toText(SliceAddress{SliceView::Coronal, 4, 0}), "coronal:4");
    EXPECT_EQ(toText(ImageAddress("/a/ct.nii.gz", SliceAddress{SliceView::Axial, 12, 3})),
              "/a/ct.nii.gz#axial:12:3");
    EXPECT_EQ(toText(ImageAddress("/a/b.png")), "/a/b.png");
}

TEST(ImageAddress, RefusesOtherText) {
    for (const char* text : {"", "axial", "axial:", "axial:x", "axial:-1", "axial:1x",
                             "axial:1:", "axial:1:2:3", "Axial:1", "oblique:1", "axial:99999999999"}) {
        EXPECT_FALSE(sliceFromText(text)) << text;
    }
}

TEST(ImageAddress, IsReadFromWhatAPersonTypes) {
    EXPECT_EQ(addressFromText("/a/ct.nii#axial:3"),
              ImageAddress("/a/ct.nii", SliceAddress{SliceView::Axial, 3, 0}));
    EXPECT_EQ(addressFromText("/a/ct #2.nii"), ImageAddress("/a/ct #2.nii"));
    const testing::TemporaryFolder folder;
    const std::string odd = (folder / "odd#axial:3").string();
    std::ofstream(odd) << "x";
    EXPECT_EQ(addressFromText(odd), ImageAddress(odd));
}

TEST(ImageAddress, NamesWhatIsMadeOfAnImage) {
    EXPECT_EQ(stemOf(ImageAddress("/a/b.c.png")), "b.c");
    EXPECT_EQ(stemOf(ImageAddress("/a/ct.nii.gz")), "ct");
    EXPECT_EQ(stemOf(ImageAddress("/a/ct.nii", SliceAddress{SliceView::Axial, 7, 0})), "ct_axial007");
    EXPECT_EQ(stemOf(ImageAddress("/a/b.tar.gz")), "b.tar");
    EXPECT_EQ(stemOf(ImageAddress("x.dcm", SliceAddress{SliceView::Stored, 1234, 5})), "x_stored1234_005");
}

}  // namespace
}  // namespace finebrush
