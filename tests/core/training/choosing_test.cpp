#include "core/training/choosing.h"

#include <gtest/gtest.h>

#include <limits>

namespace finebrush::training {
namespace {

using messages::Keep;

TEST(KeepsTraining, StrokesOfTheTrainedImagesMustTellItBeyondDoubt) {
    EXPECT_TRUE(keepsTraining(Keep::Better, 0.85, 0.80, false));
    EXPECT_FALSE(keepsTraining(Keep::Better, 0.81, 0.80, false));
    EXPECT_FALSE(keepsTraining(Keep::Better, 0.80, 0.80, false));
}

TEST(KeepsTraining, HeldOutImagesAreBelieved) {
    EXPECT_TRUE(keepsTraining(Keep::Better, 0.80, 0.80, true));
    EXPECT_FALSE(keepsTraining(Keep::Better, 0.79, 0.80, true));
}

TEST(KeepsTraining, WhatCannotBeJudgedIsKept) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(keepsTraining(Keep::Better, kUnknown, kUnknown, false));
}

TEST(KeepsTraining, ThePersonMayDecide) {
    EXPECT_TRUE(keepsTraining(Keep::Adapted, 0.1, 0.9, true));
    EXPECT_FALSE(keepsTraining(Keep::Preview, 0.9, 0.1, true));
}

}  // namespace
}  // namespace finebrush::training
