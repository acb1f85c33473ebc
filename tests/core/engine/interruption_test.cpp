#include "core/engine/command_line/interruption.h"

#include <gtest/gtest.h>

#include <csignal>

namespace finebrush {
namespace {

TEST(InterruptionDeathTest, IsHeardFirstAndEndsTheProcessLater) {
    EXPECT_EXIT(
        {
            const Interruption interruption;
            if (Interruption::isWanted()) std::exit(1);
            std::raise(SIGINT);
            if (!Interruption::isWanted()) std::exit(1);
            Interruption::end();
        },
        ::testing::KilledBySignal(SIGINT), "");
}

TEST(InterruptionDeathTest, ASecondSignalEndsTheProcessAtOnce) {
    EXPECT_EXIT(
        {
            const Interruption interruption;
            std::raise(SIGTERM);
            if (!Interruption::isWanted()) std::exit(1);
            std::raise(SIGTERM);
            std::exit(1);
        },
        ::testing::KilledBySignal(SIGTERM), "");
}

TEST(Interruption, OfBeforeIsForgotten) {
    {
        const Interruption interruption;
        std::raise(SIGINT);
        EXPECT_TRUE(Interruption::isWanted());
    }
    const Interruption interruption;
    EXPECT_FALSE(Interruption::isWanted());
}

}  // namespace
}  // namespace finebrush
