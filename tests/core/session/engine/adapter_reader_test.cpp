#include "core/session/engine/adapter_reader.h"

#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kPeftsConfig[] = R"({"peft_type": "LORA", "r": 3, "lora_alpha": 6})";

class AdapterDescription : public testing::SessionTest {
  protected:
    AdapterDescribed describe(const std::filesystem::path& adapter) {
        events.clear();
        session->describeAdapter(adapter);
        EXPECT_TRUE(waitFor<AdapterDescribed>());
        return eventsOf<AdapterDescribed>().front();
    }
};

TEST_F(AdapterDescription, IsWhatTheFolderSaysWithoutTheEngine) {
    ASSERT_TRUE(writeFileAtomically(folder / "adapter_config.json", kPeftsConfig));
    const AdapterDescribed peft = describe(folder.path());
    EXPECT_EQ(peft.folder, folder.path());
    ASSERT_NE(peft.config, nullptr);
    EXPECT_EQ(peft.config->origin, messages::AdapterOrigin::Peft);
    EXPECT_EQ(peft.config->settings.rank, 3);
    EXPECT_EQ(engine.starts, 0);
}

TEST_F(AdapterDescription, OfAutoGluonsIsWhoseItIs) {
    ASSERT_TRUE(writeFileAtomically(folder / "model.ckpt", "tensors"));
    const AdapterDescribed described = describe(folder.path());
    ASSERT_NE(described.config, nullptr);
    EXPECT_EQ(described.config->origin, messages::AdapterOrigin::AutoGluon);
}

TEST_F(AdapterDescription, OfNoneIsTheReason) {
    const AdapterDescribed described = describe(folder / "none");
    EXPECT_EQ(described.config, nullptr);
    ASSERT_TRUE(described.refusal);
    EXPECT_THAT(finebrush::describe(*described.refusal), HasSubstr("adapter_config.json is not there"));
    EXPECT_THAT(eventsOf<Notice>(), SizeIs(0)) << "who asked is told";
}

}  // namespace
}  // namespace finebrush
