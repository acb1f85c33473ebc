#include "ui/dialogs/place_entry.h"

#include "tests/ui/support/pictures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

class PlaceEntryTest : public ::testing::Test {
  protected:
    PlaceEntry read(const char* text) const { return placeFromText(QString::fromUtf8(text), *image_, false); }
    std::shared_ptr<const OpenedImage> image_ = testing::plainPicture({200, 150}, {});
};

TEST_F(PlaceEntryTest, TwoNumbersNameTheMiddleOfAPixel) {
    for (const char* text : {"120 80", " 120  80 ", "120,80", "120, 80", "120; 80", "+120\t80.0"}) {
        const PlaceEntry entry = read(text);
        ASSERT_TRUE(entry.point) << text;
        EXPECT_EQ(*entry.point, (PointInImage{120.5, 80.5})) << text;
        EXPECT_TRUE(entry.problem.isEmpty());
    }
}

TEST_F(PlaceEntryTest, WhatIsNoPlaceIsExplained) {
    for (const char* text : {"", "120", "a b", "1 2 3", "1,2,3", "١ ٢", "120 80 m", "nan nan", "0x10 5"}) {
        const PlaceEntry entry = read(text);
        EXPECT_FALSE(entry.point) << text;
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("two numbers")) << text;
    }
}

TEST_F(PlaceEntryTest, APlaceOutsideIsToldWithTheLimits) {
    for (const char* text : {"200 10", "10 150", "-1 5", "99999999999999999999999 5"}) {
        const PlaceEntry entry = read(text);
        EXPECT_FALSE(entry.point) << text;
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("(x 0 – 199, y 0 – 149)")) << text;
    }
    EXPECT_TRUE(read("199 149").point);
    EXPECT_TRUE(read("0 0").point);
}

}  // namespace
}  // namespace finebrush
