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

}  // namespace
}  // namespace finebrush
