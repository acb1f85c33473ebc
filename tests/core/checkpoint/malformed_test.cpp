#include "core/checkpoint/malformed.h"

#include <gtest/gtest.h>

namespace finebrush::testing {

TEST(Malformed, PrintableTextHasNoControlBytesAndAnEnd) {
    EXPECT_EQ(printable("a.b-c"), "a.b-c");
    EXPECT_EQ(printable(std::string_view("a\0\n\x1b\x7f\xff", 6)), "a?????");
    EXPECT_EQ(printable(std::string(1000, 'x')), std::string(80, 'x') + "...");
}

TEST(Malformed, TurnsARefusalIntoAnError) {
    const Result<int> refused =
        refuseMalformed("w.pth", []() -> int { throw MalformedCheckpoint("file is empty", "at once"); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(),
              (Error{ErrorCode::CheckpointMalformed, {"w.pth", "file is empty"}, "at once"}));
    EXPECT_EQ(refuseMalformed("w.pth", [] { return 1; }).value(), 1);
}

}  // namespace finebrush::testing
