#include "core/training/choosing.h"

#include <gtest/gtest.h>

#include <limits>

namespace finebrush::training {
namespace {

TEST(IsClearlyBetter, StrokesOfTheTrainedImagesMustTellItBeyondDoubt) {
    EXPECT_TRUE(isClearlyBetter(0.85, 0.80, false));
    EXPECT_FALSE(isClearlyBetter(0.81, 0.80, false));
    EXPECT_FALSE(isClearlyBetter(0.80, 0.80, false));
}

TEST(IsClearlyBetter, HeldOutImagesAreBelieved) {
    EXPECT_TRUE(isClearlyBetter(0.80, 0.80, true));
    EXPECT_FALSE(isClearlyBetter(0.79, 0.80, true));
}

TEST(IsClearlyBetter, WhatCannotBeJudgedIsKept) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(isClearlyBetter(kUnknown, kUnknown, false));
}

}  // namespace
}  // namespace finebrush::training
