#include "core/messages/input_range.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

using Kind = InputRange::Kind;

TEST(InputRange, IsWrittenAsItIsRead) {
    for (const InputRange& range :
         {InputRange{}, InputRange{Kind::MinMax}, InputRange{Kind::Bytes}, InputRange{Kind::Displayed},
          InputRange{Kind::Percentile, 0.5, 99.5}, InputRange{Kind::Window, -600.25, 1500},
          InputRange{Kind::Automatic, 0, 0, std::array{7, 3, 2}},
          InputRange{Kind::Percentile, 2, 98, std::array{0, 0, 11}, true},
          InputRange{Kind::MinMax, 0, 0, {}, true}}) {
        EXPECT_EQ(inputRangeFromText(toText(range)), range) << toText(range);
    }
    EXPECT_EQ(toText({Kind::Window, 40, 400}), "window:40,400");
    EXPECT_EQ(inputRangeFromText("percentile:2,98"), (InputRange{Kind::Percentile, 2, 98}));
    EXPECT_EQ(toText({Kind::Percentile, 2, 98, std::array{7, 3, 2}, true}),
              "percentile:2,98+bands:8,4,3+each");
}

TEST(InputRange, OtherTextsAreRefusedInASentence) {
    for (const char* text : {"",
                             "automatic",
                             "percentile:",
                             "percentile:98,2",
                             "percentile:-1,50",
                             "percentile:2,101",
                             "window:40",
                             "window:40,0",
                             "window:40,-3",
                             "window:a,b",
                             "window:1,2,3",
                             "window:nan,3",
                             "window:1,inf",
                             "minmax:1,2",
                             "auto+each",
                             "window:1,2+each",
                             "displayed+bands:1,2,3",
                             "minmax+bands:",
                             "minmax+bands:1,2",
                             "minmax+bands:0,1,2",
                             "minmax+bands:1,2,3,4",
                             "minmax+bands:1.5,2,3",
                             "minmax+each+bands:1,2,3",
                             "+each"}) {
        EXPECT_FALSE(inputRangeFromText(text)) << text;
        const auto refused = inputRangeOf(std::string(text));
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::OptionInvalid);
    }
    EXPECT_EQ(inputRangeOf(std::nullopt).value(), InputRange());
}

TEST(InputRange, AnImageMustHaveTheBandsThatAreAskedFor) {
    const InputRange range = *inputRangeFromText("minmax+bands:8,4,3");
    EXPECT_TRUE(requireBands(range, 8, "a.tif"));
    const auto refused = requireBands(range, 7, "a.tif");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().arguments.back(), "a.tif has 7 bands");
    EXPECT_TRUE(requireBands({}, 1, "a.tif"));
}

}  // namespace
}  // namespace finebrush
