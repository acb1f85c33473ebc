#include "core/checkpoint/malformed.h"

#include <gtest/gtest.h>

namespace finebrush::testing {

TEST(Malformed, PrintableTextHasNoControlBytesAndAnEnd) {
    EXPECT_EQ(printable("a.b-c"), "a.b-c");
    EXPECT_EQ(printable(std::string_view("a\0\n\x1b\x7f\xff", 6)), "a?????");
    EXPECT_EQ(printable(std::string(1000, 'x')), std::string(80, 'x') + "...");
}

TEST(Malformed, TellsUtf8) {
    for (const char* good : {"", "a", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xef\xbf\xbf",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "가나"}) {
        EXPECT_TRUE(isUtf8(good)) << good;
    }
    for (const char* bad :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc2", "\xe1\x80",
          "\xe1\x80"
          "a"}) {
        EXPECT_FALSE(isUtf8(bad)) << printable(bad);
    }
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
