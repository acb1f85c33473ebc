#pragma once

#include <gtest/gtest.h>

#include <ctime>

namespace finebrush::testing {

/// Does a step that may keep the processors busy for 5 s at most, as this process counts them, whatever else
/// the machine does. A step that waits for ever is ended by ctest.
template <typename Step>
auto soon(const Step& step) {
    const std::clock_t start = std::clock();
    auto outcome = step();
    EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
    return outcome;
}

}  // namespace finebrush::testing
