#include "core/exporters/foreign_class_lists.h"

#include "core/exporters/class_list.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

TEST(ForeignClassLists, ComeBackWithNamesColoursAndValues) {
    ClassTable classes = testing::twoClasses();
    classes.insert(1, {newClassId(), "세포 <a> & 'b'", {255, 254, 253}, 77});
    const std::vector<std::string> texts = {itkSnapLabels(classes), qgisStyle(classes),
                                            cvatLabelMap(classes)};
    for (const std::string& text : texts) {
        const auto read = parseClassList(text, "list");
        ASSERT_TRUE(read.has_value()) << describe(read.error()) << text;
        ASSERT_EQ(read->size(), 3) << text;
        for (const LabelClass& entry : read->classes()) {
            const auto same = [&](const LabelClass& other) { return other.name == entry.name; };
            const auto known = std::ranges::find_if(classes.classes(), same);
            ASSERT_NE(known, classes.classes().end()) << entry.name;
            EXPECT_EQ(known->colour, entry.colour) << text;
            // A label map has no numbers, only places.
            const bool hasNumbers = &text != &texts[2];
            EXPECT_TRUE(!hasNumbers || known->value == entry.value) << text;
        }
    }
}

TEST(ForeignClassLists, ItkSnapsClearLabelIsNoClass) {
    const auto read = parseClassList(
        "# ITK-SnAP Label Description File\n"
        "    0     0    0    0        0  0  0    \"Clear Label\"\n"
        "    1   255    0    0        1  1  1    \"Left lung\"\n"
        "    4     0  151  255        0.5  1  0    \"Label 4\"\n",
        "x.label");
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    ASSERT_EQ(read->size(), 2);
    EXPECT_EQ(read->findValue(4)->colour, (Colour{0, 151, 255}));
    EXPECT_EQ(read->findValue(1)->name, "Left lung");
}

TEST(ForeignClassLists, ALabelMapOfCvatIsRead) {
    const auto read = parseClassList(
        "# label:color_rgb:parts:actions\nbackground:0,0,0::\nroad:128,64,128::\ncar:::\n", "labelmap.txt");
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    ASSERT_EQ(read->size(), 3);
    EXPECT_EQ(read->findValue(1)->name, "road");
    EXPECT_EQ(read->findValue(1)->colour, (Colour{128, 64, 128}));
}

TEST(ForeignClassLists, SayWhyTheyAreRefused) {
    const auto reason = [](const std::string& text) {
        const auto read = parseClassList(text, "x");
        return read ? std::string() : describe(read.error());
    };
    EXPECT_THAT(reason("# label:color_rgb:parts:actions\nroad:1,2::\n"), HasSubstr("line 2"));
    EXPECT_THAT(reason("1 255 0 0 1 1 1 \"a\"\n2 255 0 0 1 1 \"b\"\n"), HasSubstr("line 2"));
    EXPECT_THAT(reason("<qgis><pipe/></qgis>"), HasSubstr("no colours"));
    EXPECT_THAT(reason("<qgis><pipe>"), HasSubstr("XML"));
}

}  // namespace
}  // namespace finebrush
