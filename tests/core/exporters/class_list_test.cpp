#include "core/exporters/class_list.h"

#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

#include <set>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

/// The names and values, in order: "background=0".
std::vector<std::string> summary(const Result<ClassTable>& classes) {
    std::vector<std::string> lines;
    if (!classes) return {describe(classes.error())};
    for (const LabelClass& entry : classes->classes()) {
        lines.push_back(entry.name + "=" + std::to_string(entry.value));
    }
    return lines;
}

TEST(ClassList, SurvivesWritingAndReading) {
    const TemporaryFolder folder;
    ClassTable classes = testing::twoClasses();
    classes.insert(1, {newClassId(), "세포 \"cell\" \\", {255, 255, 255}, 253});
    ASSERT_TRUE(exportClassList(folder / "classes.json", classes, {}));
    const Result<ClassTable> read = readClassList(folder / "classes.json");
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(*read, classes);
}

TEST(ClassList, KeysAreKeptOrThoseOfThePlaces) {
    const auto keysIn = [](const char* text) {
        std::string keys;
        const Result<ClassTable> classes = parseClassList(text, "c.json");
        if (!classes) return describe(classes.error());
        for (const LabelClass& entry : classes->classes())
            keys += entry.key == 0 ? "-" : textOfKey(entry.key);
        return keys;
    };
    EXPECT_EQ(keysIn(R"([{"name": "a", "key": "g"}, {"name": "b"}, {"name": "c", "key": ""}])"), "G--");
    EXPECT_EQ(keysIn(R"(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"])"), "1234567890-");
    EXPECT_EQ(keysIn("a\nb\n"), "12");
}

TEST(ClassList, ReadsTheJsonList) {
    const Result<ClassTable> classes = parseClassList(
        R"([{"id": "a", "name": "sky", "colour": "#0A0b0c", "value": 7}, {"name": "sea", "color": "#ffffff"}, "sand"])",
        "c.json");
    EXPECT_THAT(summary(classes), ElementsAre("sky=7", "sea=1", "sand=2"));
    EXPECT_EQ(classes->classes()[0].id, "a");
    EXPECT_EQ(classes->classes()[0].colour, (Colour{10, 11, 12}));
    EXPECT_EQ(classes->classes()[1].colour, (Colour{255, 255, 255}));
    EXPECT_EQ(classes->classes()[2].colour, defaultColour(2));
    EXPECT_FALSE(classes->classes()[2].id.empty());
}

TEST(ClassList, ReadsNumberedNamesInTheOrderOfTheirValues) {
    const char* text = R"({"name": "set", "classes": {"10": "ten", "2": "two", "0": "background"}})";
    EXPECT_THAT(summary(parseClassList(text, "set.json")), ElementsAre("background=0", "two=2", "ten=10"));
    EXPECT_THAT(summary(parseClassList(R"({"classes": ["x", "y"]})", "set.json")), ElementsAre("x=0", "y=1"));
}

TEST(ClassList, LeavesOutTheIgnoredValue) {
    const char* text = R"({"classes": {"0": "unlabelled", "1": "road"}, "ignore_value": 0})";
    EXPECT_THAT(summary(parseClassList(text, "set.json")), ElementsAre("road=1"));
    const char* none = R"({"classes": {"0": "background", "1": "road"}, "ignore_value": null})";
    EXPECT_THAT(summary(parseClassList(none, "set.json")), ElementsAre("background=0", "road=1"));
}

TEST(ClassList, ReadsOneNameALine) {
    EXPECT_THAT(summary(parseClassList("\xEF\xBB\xBF"
                                       "background\r\n blood cell \r\n\r\n잎\r\n",
                                       "names.txt")),
                ElementsAre("background=0", "blood cell=1", "잎=3"));
    EXPECT_THAT(summary(parseClassList("one\ntwo", "names.txt")), ElementsAre("one=0", "two=1"));
}

TEST(ClassList, GivesEveryClassAnIdentityAndAColour) {
    const Result<ClassTable> classes = parseClassList("a\nb\nc\n", "names.txt");
    std::set<ClassId> ids;
    std::set<std::string> colours;
    for (const LabelClass& entry : classes->classes()) {
        ids.insert(entry.id);
        colours.insert(toHex(entry.colour));
    }
    EXPECT_EQ(ids.size(), 3u);
    EXPECT_EQ(colours.size(), 3u);
}

struct Malformed {
    std::string text;
    const char* reason;
};

TEST(ClassList, SaysWhyItRefuses) {
    std::string tooMany;
    for (int i = 0; i <= kMaxClasses; ++i) tooMany += "class\n";
    const Malformed cases[] = {
        {"", "it names no class"},
        {"\n \n", "it names no class"},
        {"[]", "it names no class"},
        {R"({"classes": {}})", "it names no class"},
        {R"({"names": []})", "it has no “classes”"},
        {R"({"classes": 3})", "it has no “classes”"},
        {R"(["a", )", "not well formed"},
        {std::string(200'000, '['), "not well formed"},
        {"[\"\xFF\"]", "not well formed"},
        {std::string("a\0b", 3), "neither JSON nor a text"},
        {"caf\xE9", "neither JSON nor a text"},
        {tooMany, "the value 254 is not within 0 to 253"},
        {R"([{"name": "a", "value": 255}])", "the value 255 is not within 0 to 253"},
        {R"([{"name": "a", "value": -1}])", "the value -1 is not within 0 to 253"},
        {R"([{"name": "a", "value": 1.5}])", "entry 1 has a value that is not a whole number"},
        {R"(["a", {"name": "b", "value": 0}])", "two classes have the value 0"},
        {R"([{"name": "a", "id": "x"}, {"name": "b", "id": "x"}])", "two classes have the id x"},
        {R"([{"value": 3}])", "the class of value 3 has no name"},
        {R"([{"name": "  "}])", "the class of value 0 has no name"},
        {R"([{"name": "a", "colour": "red"}])", "entry 1 has a colour that is not of the form #rrggbb"},
        {R"([{"name": "a", "key": "F1"}])", "entry 1 has a key that is no digit and no letter"},
        {R"([{"name": "a", "key": 1}])", "entry 1 has a key that is no digit and no letter"},
        {R"([{"name": "a", "key": "1"}, {"name": "b", "key": "1"}])", "two classes have the key 1"},
        {R"([["a"]])", "entry 1 is neither a name nor a class"},
        {R"({"classes": {"x": "a"}})", "“x” is no class value"},
        {R"({"classes": {"1": 2}})", "the name of class 1 is not a text"},
    };
    for (const Malformed& malformed : cases) {
        const Result<ClassTable> classes = parseClassList(malformed.text, "list.json");
        ASSERT_FALSE(classes) << malformed.reason;
        EXPECT_EQ(classes.error().code, ErrorCode::ClassesMalformed);
        EXPECT_THAT(describe(classes.error()), HasSubstr(malformed.reason));
        EXPECT_THAT(describe(classes.error()), HasSubstr("list.json"));
    }
}

TEST(ClassList, ReportsAMissingFile) {
    const Result<ClassTable> classes = readClassList("/nowhere/classes.json");
    ASSERT_FALSE(classes);
    EXPECT_EQ(classes.error().code, ErrorCode::FileMissing);
}

TEST(ClassList, ReadsTheListsOfTheSharedData) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL DATA: there is no ../shared/data beside this checkout";
    EXPECT_THAT(summary(readClassList(data / "axon_sem/set.json")),
                ElementsAre("background=0", "myelin=1", "axon=2"));
    EXPECT_THAT(summary(readClassList(data / "aerial_dubai/set.json")),
                ElementsAre("building=1", "land=2", "road=3", "vegetation=4", "water=5"));
}

}  // namespace
}  // namespace finebrush
