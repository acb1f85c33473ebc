#include "core/messages/input_range.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

using Kind = InputRange::Kind;

TEST(InputRange, IsWrittenAsItIsRead) {
    for (const InputRange& range :
         {InputRange{}, InputRange{Kind::MinMax}, InputRange{Kind::Bytes}, InputRange{Kind::Displayed},
          InputRange{Kind::Percentile, 0.5, 99.5}, InputRange{Kind::Window, -600.25, 1500}}) {
        EXPECT_EQ(inputRangeFromText(toText(range)), range) << toText(range);
    }
    EXPECT_EQ(toText({Kind::Window, 40, 400}), "window:40,400");
    EXPECT_EQ(inputRangeFromText("percentile:2,98"), (InputRange{Kind::Percentile, 2, 98}));
}

TEST(InputRange, OtherTextsAreRefusedInASentence) {
    for (const char* text : {"", "automatic", "percentile:", "percentile:98,2", "percentile:-1,50",
                             "percentile:2,101", "window:40", "window:40,0", "window:40,-3", "window:a,b",
                             "window:1,2,3", "window:nan,3", "window:1,inf", "minmax:1,2"}) {
        EXPECT_FALSE(inputRangeFromText(text)) << text;
        const auto refused = inputRangeOf(std::string(text));
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::OptionInvalid);
    }
    EXPECT_EQ(inputRangeOf(std::nullopt).value(), InputRange());
}

}  // namespace
}  // namespace finebrush
