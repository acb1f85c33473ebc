#include "core/engine/adapter_folder.h"

#include "core/base/cell_grid.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <string>

namespace finebrush {
namespace {

messages::AdapterFiles adapterWith(const std::string& config) {
    return {{"adapter_config.json", {config.begin(), config.end()}}};
}

messages::LabelledImage imageNamed(const std::string& id) {
    return {id, {}, {}};
}

TEST(AdapterFolder, KeepsTheLevelThatWasTaught) {
    messages::AdapterFiles adapter =
        adapterWith(R"({"r": 4, "finebrush": {"format": 1, "extras": {"view_plan": {"views": []}}}})");
    EXPECT_EQ(levelOf(adapter), 0);
    noteLevel(adapter, {imageNamed("a whole image")});
    EXPECT_EQ(levelOf(adapter), 0);
    noteLevel(adapter, {imageNamed("a whole image"), imageNamed(cellId("large", {3, 1, 2}))});
    EXPECT_EQ(levelOf(adapter), 3);
    const std::vector<uint8_t>& bytes = adapter["adapter_config.json"];
    EXPECT_THAT(std::string(bytes.begin(), bytes.end()), ::testing::HasSubstr("view_plan"));
}

TEST(AdapterFolder, OfWhatOthersWroteItIsTheFinest) {
    EXPECT_EQ(levelOf({}), 0);
    EXPECT_EQ(levelOf(adapterWith("no json")), 0);
    EXPECT_EQ(levelOf(adapterWith(R"({"finebrush": {"extras": {"level": "x"}}})")), 0);
    EXPECT_EQ(levelOf(adapterWith(R"({"finebrush": {"extras": {"level": 99}}})")), 30);
    messages::AdapterFiles foreign = adapterWith(R"({"peft_type": "LORA"})");
    const messages::AdapterFiles before = foreign;
    noteLevel(foreign, {imageNamed(cellId("large", {2, 0, 0}))});
    EXPECT_EQ(foreign, before);
}

TEST(AdapterFolder, IsWrittenWholeOrNotAtAll) {
    const testing::TemporaryFolder folder;
    const messages::AdapterFiles old = {{"adapter_config.json", {'o'}}, {"load_conv_lora.py", {'p'}}};
    ASSERT_TRUE(writeAdapterFolder(folder.path(), old));
    EXPECT_FALSE(writeAdapterFolder(folder.path(), {{"adapter_config.json", {'n'}}, {"none/such", {'n'}}}));
    EXPECT_EQ(*readAdapterFolder(folder.path()), old);
    const messages::AdapterFiles next = {{"adapter_config.json", {'n'}},
                                         {"adapter_model.safetensors", {'t'}}};
    ASSERT_TRUE(writeAdapterFolder(folder.path(), next));
    EXPECT_EQ(*readAdapterFolder(folder.path()), next) << "nothing is left of the other method";
}

}  // namespace
}  // namespace finebrush
