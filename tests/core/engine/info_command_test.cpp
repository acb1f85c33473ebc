#include "core/engine/command_line/info_command.h"

#include "core/engine/adapter_folder.h"
#include "core/peft/adapter_file.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace finebrush {
namespace {

/// What `info` says of an adapter that was not trained.
nlohmann::json infoOf(const messages::AdaptationSettings& settings, const peft::AdapterExtras& extras) {
    const testing::TemporaryFolder folder;
    const auto network =
        peft::AdaptedSam::make(testing::frozenNetwork(testing::smallTinyVitDescription()), settings, 1);
    EXPECT_TRUE(network);
    const auto files = peft::writeAdapter(**network, {{"a", "axon", "#ff0000", 0}}, extras);
    EXPECT_TRUE(writeAdapterFolder(folder.path(), files));
    std::ostringstream out;
    const auto printed = printFileInfo(folder.path(), true, out);
    EXPECT_TRUE(printed) << (printed ? "" : describe(printed.error()));
    return nlohmann::json::parse(out.str());
}

TEST(InfoCommand, TellsWhatAnAdapterIs) {
    messages::AdaptationSettings settings;
    settings.scales = "1,4";
    settings.experts = 2;
    settings.projections = "q,v";
    const nlohmann::json info = infoOf(
        settings, {{{"read_out", torch::zeros({1000000})}}, {{"view_plan", {{"input_range", "minmax"}}}}});
    EXPECT_EQ(info["method"], "conv_lora");
    EXPECT_EQ(info["scales"], (std::vector<int>{1, 4}));
    EXPECT_EQ(info["projections"], "q,v");
    EXPECT_EQ(info["blocks"], "all");
    EXPECT_EQ(info["input_range"], "minmax");
    EXPECT_GT(info["parameters"], 0);
    EXPECT_LT(info["parameters"], 1000000) << "what lies beside the weights is none of them";
}

TEST(InfoCommand, SaysNothingOfExpertsWhereThereAreNone) {
    messages::AdaptationSettings settings;
    settings.method = "lora";
    const nlohmann::json info = infoOf(settings, {});
    EXPECT_EQ(info["input_range"], "auto");
    EXPECT_EQ(info["rank"], 4);
    EXPECT_FALSE(info.contains("scales"));
    EXPECT_FALSE(info.contains("gate"));
}

TEST(InfoCommand, SaysNothingOfWhatTheMethodDoesNotLookAt) {
    messages::AdaptationSettings settings;
    settings.method = "bitfit";
    settings.blocks = 2;
    settings.projections = "q";
    const nlohmann::json bitfit = infoOf(settings, {});
    for (const char* name : {"rank", "alpha", "projections", "blocks", "scales", "top_experts", "gate"})
        EXPECT_FALSE(bitfit.contains(name)) << name;
    settings.method = "multi_scale_lora";
    settings.blocks = 1;
    const nlohmann::json info = infoOf(settings, {});
    EXPECT_EQ(info["blocks"], 1);
    EXPECT_TRUE(info.contains("scales"));
    EXPECT_FALSE(info.contains("gate")) << "all its experts see every sample";
}

}  // namespace
}  // namespace finebrush
