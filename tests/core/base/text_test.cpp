#include "core/base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace finebrush {
namespace {

TEST(PrecedesNaturally, CountsRunsOfDigitsAsNumbers) {
    const std::vector<std::string> ordered = {
        "",         "1",          "2",         "10",
        "a",        "a01",        "a1",        "a2",
        "a10",      "a10b2",      "a10b10",    "b",
        "im_9.png", "im_010.png", "im_10.png", "im_99999999999999999999999.png"};
    std::vector<std::string> shuffled = ordered;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(1));
    std::ranges::sort(shuffled, precedesNaturally);
    EXPECT_EQ(shuffled, ordered);
    for (const std::string& name : ordered) EXPECT_FALSE(precedesNaturally(name, name)) << name;
}

}  // namespace
}  // namespace finebrush
