#include "core/selftest/golden_check.h"

#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/selftest/golden_file.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"

#include <cmath>
#include <limits>

namespace finebrush::testing {

namespace {

std::filesystem::path goldenFolder() {
    return referenceFolder() / "golden";
}

const GoldenVerdict& verdictOn(const std::vector<GoldenVerdict>& verdicts, const std::string& file) {
    for (const GoldenVerdict& verdict : verdicts) {
        if (verdict.file == file) return verdict;
    }
    throw std::runtime_error("no verdict on " + file);
}

}  // namespace

TEST(GoldenCheck, AgreesWithTheReference) {
    if (!std::filesystem::exists(goldenFolder())) {
        GTEST_SKIP() << "THE REFERENCE IS NOT HERE (" << goldenFolder() << "): AGREEMENT IS NOT CHECKED";
    }
    const auto verdicts = checkGoldenFolder(goldenFolder(), liteMedSamFile());
    ASSERT_TRUE(verdicts) << describe(verdicts.error());
    EXPECT_GE(verdicts->size(), 13U);
    for (const GoldenVerdict& verdict : *verdicts) {
        EXPECT_EQ(verdict.skipped, "") << verdict.file;
        EXPECT_EQ(verdict.problem, "") << verdict.file;
        EXPECT_FALSE(verdict.tensors.empty()) << verdict.file;
        for (const TensorVerdict& tensor : verdict.tensors) {
            EXPECT_LE(tensor.difference, tensor.tolerance) << verdict.file << ": " << tensor.tensor;
        }
    }
}

TEST(GoldenCheck, FailsAFileWhoseNumbersAreOthers) {
    const auto original = goldenFolder() / "moe_gate_top2.safetensors";
    if (!std::filesystem::exists(original)) GTEST_SKIP() << "THE REFERENCE IS NOT HERE: " << original;
    const TemporaryFolder folder;
    NamedTensors tensors = *readCheckpoint(original);
    tensors.tensors["train.loss"] = tensors.tensors["train.loss"] * 1.01;
    ASSERT_TRUE(writeSafetensors(folder / "gate.safetensors", tensors));
    NamedTensors lacking = *readCheckpoint(original);
    lacking.tensors.erase("w_gate");
    ASSERT_TRUE(writeSafetensors(folder / "lacking.safetensors", lacking));

    const auto verdicts = checkGoldenFolder(folder / "", {});
    ASSERT_TRUE(verdicts) << describe(verdicts.error());
    const GoldenVerdict& changed = verdictOn(*verdicts, "gate.safetensors");
    EXPECT_FALSE(changed.passed());
    for (const TensorVerdict& tensor : changed.tensors)
        EXPECT_EQ(tensor.passed(), tensor.tensor != "train.loss");
    EXPECT_FALSE(verdictOn(*verdicts, "lacking.safetensors").passed());
    EXPECT_THAT(verdictOn(*verdicts, "lacking.safetensors").problem, ::testing::HasSubstr("w_gate"));
}

TEST(GoldenCheck, SkipsWhatItDoesNotKnowAndFailsWhatItCannotRead) {
    const TemporaryFolder folder;
    NamedTensors unknown;
    unknown.tensors.insert("w", torch::ones({2}));
    ASSERT_TRUE(writeSafetensors(folder / "unknown.safetensors", unknown));
    writeBytes(folder / "broken.safetensors", toBytes("no header"));
    writeBytes(folder / "notes.txt", toBytes("not looked at"));
    const auto verdicts = checkGoldenFolder(folder / "", {});
    ASSERT_TRUE(verdicts) << describe(verdicts.error());
    ASSERT_EQ(verdicts->size(), 2U);
    EXPECT_NE(verdictOn(*verdicts, "unknown.safetensors").skipped, "");
    EXPECT_NE(verdictOn(*verdicts, "broken.safetensors").problem, "");
    EXPECT_FALSE(verdictOn(*verdicts, "broken.safetensors").passed());
}

TEST(GoldenCheck, AMissingFolderIsAnError) {
    const TemporaryFolder folder;
    EXPECT_FALSE(checkGoldenFolder(folder / "nowhere", {}));
}

TEST(RelativeDifference, IsInPartsOfTheLargestReferenceValue) {
    const torch::Tensor reference = torch::tensor({1.0F, -10.0F, 0.0F});
    EXPECT_NEAR(relativeDifference(torch::tensor({1.0F, -10.5F, 0.1F}), reference), 0.05, 1e-6);
    EXPECT_EQ(relativeDifference(torch::zeros({2}), torch::zeros({2})), 0);
    EXPECT_EQ(relativeDifference(torch::zeros({2}), torch::zeros({3})),
              std::numeric_limits<double>::infinity());
    EXPECT_EQ(relativeDifference(torch::tensor({std::nanf(""), 0.0F, 0.0F}), reference),
              std::numeric_limits<double>::infinity());
}

}  // namespace finebrush::testing
