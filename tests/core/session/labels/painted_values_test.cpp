#include "core/session/labels/painted_values.h"

#include <gtest/gtest.h>

#include <limits>

namespace finebrush {
namespace {

TEST(PaintedValues, AreTheSameAfterTheirText) {
    for (const PaintedValues& values :
         {PaintedValues{}, PaintedValues{true, 3, ValueRange{-100.25, 300}},
          PaintedValues{false, 0, ValueRange{0.1, 0.1}}, PaintedValues{false, 2, std::nullopt}}) {
        EXPECT_EQ(decodePaintedValues(encodePaintedValues(values)), values) << encodePaintedValues(values);
    }
}

TEST(PaintedValues, WhatIsNotSoundIsOff) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(isSound({true, 0, std::nullopt}));
    EXPECT_FALSE(isSound({true, -1, ValueRange{0, 1}}));
    EXPECT_FALSE(isSound({true, 0, ValueRange{2, 1}}));
    EXPECT_FALSE(isSound({false, 0, ValueRange{none, 1}}));
    EXPECT_TRUE(isSound({true, 0, ValueRange{1, 1}}));
    for (const char* text :
         {"", "7", "{\"on\":true}", "{\"on\":true,\"low\":2,\"high\":1}",
          "{\"on\":true,\"low\":\"a\",\"high\":1}", "{\"on\":true,\"band\":-4,\"low\":0,\"high\":1}", "{{"}) {
        EXPECT_EQ(decodePaintedValues(text), PaintedValues()) << text;
    }
}

}  // namespace
}  // namespace finebrush
