#include "ui/canvas/overlays/patient_sides.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

/// An axial slice as radiologists see it: the patient's left at the right, the back below.
OpenedImage axialSlice() {
    OpenedImage image;
    image.grid.size = {10, 10, 5};
    image.grid.patientFromVoxel = {{{2, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 5, 0}}};
    image.grid.isPlaced = true;
    image.plane = {SliceView::Stored, 1, 0};
    return image;
}

TEST(PatientSides, NameTheEdgesOfTheView) {
    EXPECT_THAT(patientSides(axialSlice(), ViewTransform()), ElementsAre("R", "A", "L", "P"));
}

TEST(PatientSides, FollowATurnOfTheView) {
    ViewTransform transform;
    transform.turn(1, {50, 50});
    EXPECT_THAT(patientSides(axialSlice(), transform), ElementsAre("P", "R", "A", "L"));
}

TEST(PatientSides, HaveTwoLettersWhereTheSliceIsOblique) {
    OpenedImage image = axialSlice();
    image.grid.patientFromVoxel = {{{1.6, -1.2, 0, 0}, {1.2, 1.6, 0, 0}, {0, 0, 5, 0}}};
    EXPECT_THAT(patientSides(image, ViewTransform()), ElementsAre("RA", "AL", "LP", "PR"));
}

TEST(PatientSides, AreUnknownWhereTheFileDoesNotSay) {
    OpenedImage image = axialSlice();
    image.grid.isPlaced = false;
    EXPECT_THAT(patientSides(image, ViewTransform()), ElementsAre("", "", "", ""));
    EXPECT_THAT(patientSides(OpenedImage(), ViewTransform()), ElementsAre("", "", "", ""));
}

}  // namespace
}  // namespace finebrush
