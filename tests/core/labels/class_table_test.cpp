#include "core/labels/class_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>
#include <utility>

namespace finebrush {
namespace {

ClassTable tableOf(int count) {
    ClassTable table;
    for (int i = 0; i < count; ++i) table.insert(i, table.makeNext("class " + std::to_string(i)));
    return table;
}

TEST(ClassTable, NextClassTakesTheSmallestFreeValueAndAFreshColour) {
    ClassTable table = tableOf(4);
    const LabelClass removed = table.classes()[1];
    table.remove(removed.id);
    const LabelClass next = table.makeNext("cell");
    EXPECT_EQ(next.value, 1);
    EXPECT_EQ(next.colour, removed.colour);
    EXPECT_NE(next.id, removed.id);
    EXPECT_EQ(table.size(), 3);
}

TEST(ClassTable, TheNextColourIsNotLikeThatOfAnotherClass) {
    ClassTable table;
    for (const char* colour : {"#3f8efc", "#ff9f1c", "#2ec4b6"}) {
        LabelClass entry = table.makeNext(colour);
        entry.colour = colourFromHex(colour).value();
        table.insert(table.size(), entry);
    }
    EXPECT_EQ(toHex(table.makeNext("fourth").colour), "#cc79a7") << "#56b4e9 is nearly the first one's blue";
    const ClassTable eight = tableOf(8);  // no darker or paler turn of a colour before all are in use
    for (int i = 0; i < 8; ++i) {
        const auto hasColour = [i](const LabelClass& entry) { return entry.colour == defaultColour(i); };
        EXPECT_EQ(std::ranges::count_if(eight.classes(), hasColour), 1) << i;
    }
}

TEST(ClassTable, ReorderingKeepsIdentityAndValue) {
    ClassTable table = tableOf(3);
    const LabelClass last = table.classes()[2];
    table.remove(last.id);
    table.insert(0, last);
    EXPECT_EQ(table.indexOf(last.id), 0);
    EXPECT_EQ(*table.findValue(2), last);
    EXPECT_EQ(table.classes()[1].value, 0);
}

TEST(ClassTable, InsertClampsThePlace) {
    ClassTable table = tableOf(1);
    table.insert(-5, table.makeNext("first"));
    table.insert(100, table.makeNext("last"));
    EXPECT_EQ(table.classes().front().name, "first");
    EXPECT_EQ(table.classes().back().name, "last");
}

TEST(ClassTable, RefusesATakenIdentityOrValue) {
    ClassTable table = tableOf(2);
    LabelClass copy = table.classes()[0];
    EXPECT_THROW(table.insert(0, copy), std::invalid_argument);
    copy.id = newClassId();
    EXPECT_THROW(table.insert(0, copy), std::invalid_argument);
    copy.value = 254;
    EXPECT_THROW(table.insert(0, copy), std::invalid_argument);
}

TEST(ClassTable, HoldsAtMost254Classes) {
    const ClassTable table = tableOf(254);
    EXPECT_TRUE(table.isFull());
    EXPECT_EQ(table.classes().back().value, 253);
    EXPECT_THROW(table.makeNext("one too many"), std::length_error);
}

TEST(ClassTable, UpdateNeverChangesTheValue) {
    ClassTable table = tableOf(2);
    LabelClass entry = table.classes()[1];
    entry.name = "핵";
    entry.colour = {1, 2, 3};
    entry.visible = false;
    entry.locked = true;
    entry.value = 200;
    table.update(entry);
    EXPECT_EQ(table.classes()[1].name, "핵");
    EXPECT_EQ(table.classes()[1].colour, (Colour{1, 2, 3}));
    EXPECT_FALSE(table.classes()[1].visible);
    EXPECT_TRUE(table.classes()[1].locked);
    EXPECT_EQ(table.classes()[1].value, 1);
    entry.id = newClassId();
    EXPECT_THROW(table.update(entry), std::invalid_argument);
}

TEST(ClassTable, AClassGetsTheFirstFreeKeyAndKeepsIt) {
    ClassTable table = tableOf(11);
    std::string keys;
    for (const LabelClass& entry : table.classes()) keys += textOfKey(entry.key);
    EXPECT_EQ(keys, "1234567890") << "the eleventh has none";
    table.remove(ClassId(table.findKey('3')->id));
    EXPECT_EQ(table.classes()[2].key, '4');
    EXPECT_EQ(table.makeNext("next").key, '3');
}

TEST(ClassTable, NoTwoClassesHaveOneKey) {
    ClassTable table = tableOf(2);
    LabelClass second = table.classes()[1];
    second.key = '1';
    table.update(second);
    EXPECT_EQ(table.findKey('1')->id, table.classes()[0].id);
    EXPECT_EQ(table.classes()[1].key, 0);
    second.key = 'G';
    table.update(second);
    EXPECT_EQ(table.findKey('G')->id, second.id);
    LabelClass third = table.makeNext("third");
    third.key = 'G';
    table.insert(0, third);
    EXPECT_EQ(table.classes()[0].key, 0);
    EXPECT_EQ(table.findKey(0), nullptr);
}

TEST(ClassTable, AStepThatDoesNotChangeAKeyLeavesIt) {
    ClassTable table = tableOf(2);
    LabelClass before = table.classes()[1];
    before.key = '7';  // as a step of an older program, which guesses keys from places
    LabelClass after = before;
    after.name = "renamed";
    table.alter(before, after);
    EXPECT_EQ(table.classes()[1].name, "renamed");
    EXPECT_EQ(table.classes()[1].key, '2');
    after.key = 0;
    table.alter(before, after);
    EXPECT_EQ(table.classes()[1].key, 0);
}

TEST(ClassTable, AKeyIsADigitOrALetter) {
    EXPECT_EQ(classKeyFromText("0"), '0');
    EXPECT_EQ(classKeyFromText("g"), 'G');
    EXPECT_EQ(classKeyFromText(textOfKey('Z')), 'Z');
    for (const char* text : {"", "10", "-", "한", "{"}) EXPECT_EQ(classKeyFromText(text), 0) << text;
}

TEST(Colour, HexRoundTrips) {
    EXPECT_EQ(toHex({0x0a, 0xff, 0x80}), "#0aff80");
    EXPECT_EQ(colourFromHex("#0aFF80"), (Colour{0x0a, 0xff, 0x80}));
    for (const char* bad : {"", "#", "0aff80", "#0aff8", "#0aff800", "#0aff8g", "#-aff80", "# aff80"}) {
        EXPECT_EQ(colourFromHex(bad), std::nullopt) << bad;
    }
}

TEST(Colour, The32DefaultColoursCanBeToldApart) {
    for (int i = 0; i < 32; ++i) {
        for (int j = 0; j < i; ++j) {
            const Colour a = defaultColour(i), b = defaultColour(j);
            const int difference =
                std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue);
            EXPECT_GE(difference, 24) << toHex(a) << " and " << toHex(b) << " (" << i << ", " << j << ")";
        }
    }
    EXPECT_EQ(defaultColour(32), defaultColour(0));
}

/// A linear map of three channels.
using Matrix = std::array<std::array<double, 3>, 3>;
using Channels = std::array<double, 3>;

Channels mapped(const Matrix& matrix, const Channels& channels) {
    Channels result{};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 3; ++column) result[row] += matrix[row][column] * channels[column];
    }
    return result;
}

/// A colour as eyes of a kind see it, in CIELAB under D65 (IEC 61966-2-1, CIE 15).
Channels labOf(Colour colour, const Matrix& eyes) {
    constexpr Matrix kXyzFromRgb = {{{0.4124564, 0.3575761, 0.1804375},
                                     {0.2126729, 0.7151522, 0.0721750},
                                     {0.0193339, 0.1191920, 0.9503041}}};
    const auto linear = [](uint8_t channel) {
        const double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    Channels seen = mapped(eyes, {linear(colour.red), linear(colour.green), linear(colour.blue)});
    for (double& channel : seen) channel = std::clamp(channel, 0.0, 1.0);
    Channels xyz = mapped(kXyzFromRgb, seen);
    const Channels white = mapped(kXyzFromRgb, {1, 1, 1});
    for (size_t i = 0; i < 3; ++i) {
        const double part = xyz[i] / white[i];
        xyz[i] = part > 216.0 / 24389 ? std::cbrt(part) : (24389.0 / 27 * part + 16) / 116;
    }
    return {116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
}

TEST(Colour, ColourBlindPeopleCanTellTheFirstEightApart) {
    // Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
    const std::pair<const char*, Matrix> eyes[] = {{"usual", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
                                                   {"protanopia",
                                                    {{{0.152286, 1.052583, -0.204868},
                                                      {0.114503, 0.786281, 0.099216},
                                                      {-0.003882, -0.048116, 1.051998}}}},
                                                   {"deuteranopia",
                                                    {{{0.367322, 0.860646, -0.227968},
                                                      {0.280085, 0.672501, 0.047413},
                                                      {-0.011820, 0.042940, 0.968881}}}}};
    constexpr double kClearlyApart = 15;  // 2.3 is just seen where two areas touch
    for (const auto& [name, matrix] : eyes) {
        for (int i = 0; i < 8; ++i) {
            for (int j = 0; j < i; ++j) {
                const Channels a = labOf(defaultColour(i), matrix), b = labOf(defaultColour(j), matrix);
                EXPECT_GE(std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), kClearlyApart)
                    << name << ": " << toHex(defaultColour(i)) << " and " << toHex(defaultColour(j));
            }
        }
    }
}

}  // namespace
}  // namespace finebrush
