#include "core/engine/command_line/method_options.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include <algorithm>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

/// What the options say; a refusal is thrown.
messages::AdaptationSettings parsed(std::vector<std::string> arguments) {
    CLI::App app;
    messages::AdaptationSettings settings;
    addMethodOptions(*app.add_subcommand("adapt"), settings);
    arguments.insert(arguments.begin(), "adapt");
    std::ranges::reverse(arguments);  // as CLI11 takes them
    app.parse(arguments);
    return settings;
}

std::string refusal(const std::vector<std::string>& arguments) {
    try {
        parsed(arguments);
    } catch (const CLI::ParseError& problem) {
        return problem.what();
    }
    return "";
}

TEST(MethodOptions, AreTheProductsUnlessGiven) {
    EXPECT_EQ(parsed({}), messages::AdaptationSettings());
    EXPECT_EQ(parsed({"--preset", "product"}), messages::AdaptationSettings());
    const auto settings = parsed({"--method", "lora", "--blocks", "2", "--projections", "q,v"});
    EXPECT_EQ(settings.method, "lora");
    EXPECT_EQ(settings.blocks, 2);
    EXPECT_EQ(settings.projections, "q,v");
    EXPECT_EQ(parsed({"--scales", "1,2,8"}).experts, 3);
}

TEST(MethodOptions, ThePaperIsOneChoiceAndWhatIsGivenBesideItWins) {
    const auto paper = parsed({"--preset", "paper"});
    EXPECT_EQ(paper.gate, messages::GateMode::Paper);
    EXPECT_EQ(paper.rank, 3);
    EXPECT_EQ(paper.alpha, 32);
    EXPECT_EQ(paper.experts, 8);
    for (const auto& arguments :
         {std::vector<std::string>{"--preset", "paper", "--rank", "6", "--scales", "1,4"},
          std::vector<std::string>{"--rank", "6", "--scales", "1,4", "--preset", "paper"}}) {
        const auto settings = parsed(arguments);
        EXPECT_EQ(settings.rank, 6);
        EXPECT_EQ(settings.scales, "1,4");
        EXPECT_EQ(settings.experts, 2);
        EXPECT_EQ(settings.alpha, 32);
    }
    EXPECT_EQ(parsed({"--preset", "paper", "--method", "lora"}).method, "lora");
    EXPECT_NE(refusal({"--preset", "mine"}), "");
}

TEST(MethodOptions, ThoseThatTheMethodDoesNotReadAreRefused) {
    EXPECT_THAT(
        refusal({"--method", "bitfit", "--blocks", "2"}),
        HasSubstr("--blocks says nothing to bitfit; it is read by conv_lora, lora, multi_scale_lora"));
    EXPECT_THAT(refusal({"--projections", "q", "--method", "vpt"}),
                HasSubstr("--projections says nothing to vpt"));
    EXPECT_THAT(refusal({"--method", "lora", "--gate", "paper"}), HasSubstr("it is read by conv_lora"));
    EXPECT_THAT(refusal({"--method", "lora", "--scales", "1,2"}), HasSubstr("--scales says nothing to lora"));
    EXPECT_THAT(refusal({"--method", "ssf", "--rank", "4"}), HasSubstr("--rank says nothing to ssf"));
    EXPECT_THAT(refusal({"--method", "adapter", "--alpha", "4"}),
                HasSubstr("--alpha says nothing to adapter"));
    EXPECT_EQ(refusal({"--method", "adapter", "--rank", "4"}), "");
    EXPECT_EQ(refusal({"--method", "multi_scale_lora", "--scales", "1,2"}), "");
}

}  // namespace
}  // namespace finebrush
