#include "core/base/text.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

TEST(Text, IsSplitIntoAPartMoreThanSeparators) {
    EXPECT_THAT(split("1,2.5,-3", ','), ElementsAre("1", "2.5", "-3"));
    EXPECT_THAT(split("", ','), ElementsAre(""));
    EXPECT_THAT(split(",a,", ','), ElementsAre("", "a", ""));
    EXPECT_THAT(split("a,b", ';'), ElementsAre("a,b"));
}

TEST(Text, TellsUtf8) {
    for (const char* good : {"", "a", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xef\xbf\xbf",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "가나"}) {
        EXPECT_TRUE(isUtf8(good)) << good;
    }
    for (const char* bad :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc2", "\xe1\x80",
          "\xe1\x80"
          "a"}) {
        EXPECT_FALSE(isUtf8(bad)) << ::testing::PrintToString(bad);
    }
}

TEST(Text, ItsBytesAreThoseOfItsLetters) {
    EXPECT_THAT(bytesOf("a\xff"), ElementsAre(0x61, 0xFF));
}

}  // namespace
}  // namespace finebrush
