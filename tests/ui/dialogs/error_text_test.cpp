#include "ui/dialogs/error_text.h"

#include "ui/settings/language.h"

#include <QRegularExpression>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

/// An error of this code with as many arguments as its sentence takes.
Error errorOf(ErrorCode code) {
    Error error{code, {}, {}};
    const std::string sentence = errorSentence(code);
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (sentence.find(std::string("%") + digit) == std::string::npos) break;
        error.arguments.push_back(std::string("<argument ") + digit + ">");
    }
    return error;
}

class ErrorTextTest : public ::testing::TestWithParam<LanguageChoice> {
  protected:
    ErrorTextTest() { language_.apply(GetParam()); }

    LanguageSwitch language_;
};

TEST_P(ErrorTextTest, EveryPlaceholderOfEveryCodeFills) {
    static const QRegularExpression placeholder(QStringLiteral("%[0-9]"));
    for (const ErrorCode code : allErrorCodes()) {
        const Error error = errorOf(code);
        const QString text = errorText(error);
        EXPECT_FALSE(text.contains(placeholder)) << errorName(code) << ": " << text.toStdString();
        for (const std::string& argument : error.arguments) {
            EXPECT_THAT(text.toStdString(), HasSubstr(argument)) << errorName(code);
        }
    }
}

TEST_P(ErrorTextTest, IsInTheLanguageOfTheWindow) {
    static const QRegularExpression hangul(QStringLiteral("\\p{Hangul}"));
    for (const ErrorCode code : allErrorCodes()) {
        EXPECT_EQ(errorText(errorOf(code)).contains(hangul), GetParam() == LanguageChoice::Korean)
            << errorName(code);
    }
}

INSTANTIATE_TEST_SUITE_P(Languages, ErrorTextTest,
                         ::testing::Values(LanguageChoice::English, LanguageChoice::Korean));

TEST(ErrorText, AnArgumentMayLookLikeAPlaceholder) {
    const QString text = errorText({ErrorCode::ImageTooLarge, {"/tmp/%2.png", "10", "20", "512"}, {}});
    EXPECT_THAT(text.toStdString(), HasSubstr("/tmp/%2.png"));
    EXPECT_THAT(text.toStdString(), HasSubstr("10 × 20"));
}

}  // namespace
}  // namespace finebrush
