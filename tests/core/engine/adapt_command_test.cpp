#include "core/engine/command_line/adapt_command.h"

#include "core/base/files.h"
#include "core/engine/adapter_folder.h"
#include "core/peft/files/stored_adapter.h"
#include "tests/core/engine/painted_disc.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <sstream>

namespace finebrush {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AdaptFiles : public ::testing::Test {
  protected:
    /// What is said; the folder holds an adapter afterwards.
    std::string adapt() {
        std::ostringstream out;
        const auto done = adaptFromFiles(options, out);
        EXPECT_TRUE(done) << (done ? "" : describe(done.error()));
        const auto files = readAdapterFolder(options.out);
        EXPECT_TRUE(files && peft::readStoredAdapter(*files, "test"));
        return out.str();
    }

    testing::TemporaryFolder folder;
    AdaptOptions options = testing::paintedDisc(folder.path());
};

TEST_F(AdaptFiles, ATrainingThatWasInterruptedBeforeItWasSavedBeginsAnew) {
    ASSERT_TRUE(makeFolder(options.out));
    options.resume = true;
    EXPECT_THAT(adapt(), AllOf(HasSubstr("begins anew"), Not(HasSubstr("came to its end already"))));
    EXPECT_THAT(adapt(), HasSubstr("came to its end already")) << "now it is there";
}

TEST_F(AdaptFiles, AnAdapterOfAnotherRequestIsNotTakenForTheEndOfThisOne) {
    adapt();
    options.resume = true;
    options.settings.seed = 5;
    EXPECT_THAT(adapt(), AllOf(HasSubstr("of another request (seed)"), HasSubstr("begins anew")));
    EXPECT_THAT(adapt(), HasSubstr("came to its end already"));
}

TEST_F(AdaptFiles, TheThreadsDoNotMakeItAnotherRequest) {
    options.settings.threads = 1;
    adapt();
    options.resume = true;
    options.settings.threads = 2;
    EXPECT_THAT(adapt(), HasSubstr("came to its end already"));
}

TEST_F(AdaptFiles, GoesOnFromAnAdapterOfAnotherFolder) {
    options.settings.seed = 5;
    adapt();
    options.start = options.out;
    std::ostringstream out;
    const auto over = adaptFromFiles(options, out);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, ErrorCode::OptionInvalid) << describe(over.error());

    options.out = folder / "second";
    options.settings.seed = 0;
    adapt();
    const std::string name = "base_model.model.image_encoder.layers.1.blocks.0.attn.qkv.lora_A.weight";
    const auto tensorIn = [&](const std::filesystem::path& adapter) {
        return peft::readStoredAdapter(*readAdapterFolder(adapter), "test")->tensors.tensors[name];
    };
    EXPECT_TRUE(torch::equal(tensorIn(options.out), tensorIn(options.start))) << "which was drawn from 5";
    options.resume = true;
    EXPECT_THAT(adapt(), HasSubstr("came to its end already"));
    options.start.clear();
    EXPECT_THAT(adapt(), HasSubstr("of another request (options)"));
    EXPECT_FALSE(torch::equal(tensorIn(options.out), tensorIn(folder / "adapter")));

    options.start = folder / "adapter";
    options.settings.rank = 16;
    const auto refused = adaptFromFiles(options, out);
    ASSERT_FALSE(refused);
    EXPECT_THAT(describe(refused.error()),
                AllOf(HasSubstr(utf8(options.start)), HasSubstr("its rank is 4 and not 16")));
}

TEST_F(AdaptFiles, HalfAnAdapterIsNotTheEndOfATraining) {
    adapt();
    std::filesystem::remove(options.out / peft::kAdapterTensorsFile);
    options.resume = true;
    EXPECT_THAT(adapt(), HasSubstr("begins anew"));
}

}  // namespace
}  // namespace finebrush
