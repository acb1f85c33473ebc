#include "core/project/database/display_codec.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

constexpr char kOlder[] =
    R"({"low": -160.0, "high": 240.25, "gamma": 1.5, "inverted": true, "smooth": false, "bands": [3, 1, 0]})";

DisplayMapping older() {
    return {-160, 240.25, 1.5, true, std::array{3, 1, 0}, false};
}

TEST(DisplayCodec, GivesBackWhatWasKept) {
    EXPECT_EQ(decodeDisplay(encodeDisplay({})), DisplayMapping());
    EXPECT_EQ(decodeDisplay(encodeDisplay(older())), older());
    const DisplayMapping ofEach = withOwnLimits(older(), {{{-7, 0.1}, {1e-300, 65535}, {2, 3}}});
    EXPECT_EQ(decodeDisplay(encodeDisplay(ofEach)), ofEach);
}

TEST(DisplayCodec, OlderProjectsHaveOneBlackAndWhiteForAll) {
    EXPECT_EQ(decodeDisplay(kOlder), older());
}

TEST(DisplayCodec, RefusesLimitsThatAreNone) {
    const std::string before(kOlder, sizeof kOlder - 2);
    EXPECT_TRUE(decodeDisplay(before + R"(, "own_limits": [[0, 1], [0, 2], [0, 3]]})"));
    for (const char* limits : {"[[0, 1], [0, 2]]", "[[0, 1], [2, 2], [0, 3]]", "[[0, 1], [0], [0, 3]]", "7"})
        EXPECT_FALSE(decodeDisplay(before + R"(, "own_limits": )" + limits + "}")) << limits;
}

}  // namespace
}  // namespace finebrush
