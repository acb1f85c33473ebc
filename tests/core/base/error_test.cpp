#include "core/base/error.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

namespace finebrush {
namespace {

/// The digits of the placeholders of a sentence.
std::set<int> placeholdersOf(const std::string& sentence) {
    std::set<int> digits;
    for (size_t at = sentence.find('%'); at != std::string::npos; at = sentence.find('%', at + 1)) {
        digits.insert(sentence.at(at + 1) - '0');
    }
    return digits;
}

TEST(Error, NamesAreUniqueAndLeadBackToTheirCode) {
    std::set<std::string> names;
    for (const ErrorCode code : allErrorCodes()) {
        EXPECT_TRUE(names.insert(errorName(code)).second) << errorName(code);
        EXPECT_EQ(errorCodeFromName(errorName(code)), code);
    }
    EXPECT_GT(names.size(), 20u);
    EXPECT_EQ(errorCodeFromName("NoSuchError"), ErrorCode::Internal);
}

TEST(Error, PlaceholdersAreNumberedWithoutGaps) {
    for (const ErrorCode code : allErrorCodes()) {
        int expected = 1;
        for (const int digit : placeholdersOf(errorSentence(code))) {
            EXPECT_EQ(digit, expected++) << errorName(code);
        }
    }
}

TEST(Error, EachSentenceIsWhole) {
    std::set<std::string> sentences;
    for (const ErrorCode code : allErrorCodes()) {
        const std::string sentence = errorSentence(code);
        EXPECT_TRUE(sentences.insert(sentence).second) << errorName(code) << " says what another one says";
        EXPECT_TRUE(sentence.ends_with('.')) << errorName(code);
        EXPECT_EQ(sentence.find("  "), std::string::npos) << errorName(code);
    }
}

TEST(Error, DescribeFillsEveryPlaceholder) {
    for (const ErrorCode code : allErrorCodes()) {
        const std::set<int> placeholders = placeholdersOf(errorSentence(code));
        const Error error{code, std::vector<std::string>(placeholders.size(), "filling"), ""};
        const std::string text = describe(error);
        EXPECT_EQ(text.find('%'), std::string::npos) << text;
        EXPECT_EQ(text.find("filling") != std::string::npos, !placeholders.empty()) << text;
    }
}

TEST(Error, DescribePutsArgumentsInTheirPlacesAndTheDetailLast) {
    const Error error{ErrorCode::LabelsSizeMismatch, {"/tmp/자료.png", "3 × 4", "5 × 6"}, "raw text"};
    EXPECT_EQ(describe(error),
              "/tmp/자료.png: the labels are 3 × 4 pixels, the image is 5 × 6 pixels. They must be of one "
              "size. (raw text)");
}

TEST(Error, AnArgumentThatLooksLikeAPlaceholderStaysAsItIs) {
    EXPECT_EQ(describe({ErrorCode::CheckpointMalformed, {"100%2.pth", "cut short"}, ""}),
              "100%2.pth: this checkpoint cannot be read: cut short.");
}

}  // namespace
}  // namespace finebrush
