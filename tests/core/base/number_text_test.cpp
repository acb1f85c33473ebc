#include "core/base/number_text.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace finebrush {
namespace {

TEST(NumberText, IsShortAndGivesTheSameNumberAgain) {
    EXPECT_EQ(numberText(0.1), "0.1");
    EXPECT_EQ(numberText(-2), "-2");
    EXPECT_EQ(numberText(0.001), "0.001");
    for (const double number : {1.0 / 3, 1e-300, -1.7976931348623157e308, 6.02214076e23}) {
        EXPECT_EQ(std::strtod(numberText(number).c_str(), nullptr), number);
    }
}

TEST(NumberText, ANumberIsTheWholeText) {
    EXPECT_EQ(numberFrom("-1.5"), -1.5);
    EXPECT_EQ(numberFrom("2e3"), 2000);
    for (const char* text : {"", " 1", "1 ", "1,5", "1x", "nan", "inf", "1e999", "+1"})
        EXPECT_EQ(numberFrom(text), std::nullopt) << text;
}

}  // namespace
}  // namespace finebrush
