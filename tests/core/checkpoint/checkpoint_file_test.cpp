#include "core/checkpoint/checkpoint_file.h"

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/checkpoint/safetensors_file.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"

#include <sys/stat.h>

namespace finebrush::testing {

namespace {

NamedTensors oneTensor() {
    NamedTensors named;
    named.tensors.insert("w", torch::tensor({1.F, 2.F}));
    return named;
}

Bytes oneTensorPth() {
    const auto storage = pickled::storage("0", "FloatStorage", 2);
    return pthOf(pickled::dict({{"w", pickled::tensor(storage, 0, {2}, {1})}}),
                 {elementBytes(torch::tensor({1.F, 2.F}))});
}

}  // namespace

TEST(CheckpointFile, TellsTheFormatByContentNotByName) {
    const TemporaryFolder folder;
    writeBytes(folder / "weights.pth", encodeSafetensors(oneTensor()));
    writeBytes(folder / "weights.safetensors", oneTensorPth());
    for (const char* name : {"weights.pth", "weights.safetensors"}) {
        const auto named = readCheckpoint(folder / name);
        ASSERT_TRUE(named) << describe(named.error());
        EXPECT_THAT(named->tensors["w"], IsBitEqualTo(torch::tensor({1.F, 2.F}))) << name;
    }
}

TEST(CheckpointFile, RefusesOtherContentWithItsPath) {
    const TemporaryFolder folder;
    writeBytes(folder / "notes.pth", toBytes("these are no weights"));
    const auto named = readCheckpoint(folder / "notes.pth");
    ASSERT_FALSE(named);
    EXPECT_EQ(named.error().arguments.at(0), utf8(folder / "notes.pth"));
    EXPECT_EQ(reasonOf(named), "not a PyTorch checkpoint (neither zip nor legacy signature)");
}

TEST(CheckpointFile, RefusesWhatIsNoRegularFile) {
    const TemporaryFolder folder;
    const auto pipe = folder / "pipe.pth";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(readCheckpoint(pipe).error().code, ErrorCode::NotARegularFile);
    EXPECT_EQ(readCheckpoint(folder / ".").error().code, ErrorCode::NotARegularFile);
    EXPECT_EQ(readCheckpoint(folder / "none.pth").error().code, ErrorCode::FileMissing);
    EXPECT_EQ(sha256OfFile(folder / "none.pth").error().code, ErrorCode::FileMissing);
}

TEST(CheckpointFile, HashesAFile) {
    const TemporaryFolder folder;
    writeBytes(folder / "abc", toBytes("abc"));
    EXPECT_EQ(sha256OfFile(folder / "abc").value(), sha256(toBytes("abc")));
    writeBytes(folder / "empty", {});
    EXPECT_EQ(sha256OfFile(folder / "empty").value(), sha256({}));
}

TEST(CheckpointFile, BothFormatsOfTheGoldenSamAgree) {
    const auto folder = referenceFolder() / "golden";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "NOT TESTED: the reference is not here: " << folder;
    const auto pth = readCheckpoint(folder / "sam_vit_small.pth");
    const auto golden = readCheckpoint(folder / "sam_vit_small.safetensors");
    ASSERT_TRUE(pth) << describe(pth.error());
    ASSERT_TRUE(golden) << describe(golden.error());
    EXPECT_FALSE(golden->metadata.empty());

    const NamedTensors state = tensorsBelow(*golden, "state.");
    ASSERT_GT(state.tensors.size(), 100U);
    EXPECT_EQ(state.tensors.size(), pth->tensors.size());
    for (const auto& entry : state.tensors) {
        ASSERT_TRUE(pth->tensors.contains(entry.key())) << entry.key();
        EXPECT_THAT(pth->tensors[entry.key()], IsBitEqualTo(entry.value())) << entry.key();
    }
}

TEST(CheckpointFile, LiteMedSamIsTheFileThatSetUpFetches) {
    if (!std::filesystem::exists(liteMedSamFile())) {
        GTEST_SKIP() << "NOT TESTED: run packaging/setup.sh to fetch " << liteMedSamFile();
    }
    EXPECT_EQ(sha256OfFile(liteMedSamFile()).value(),
              "79d8c9dca6db4d69d3f905579e5250af05e859fff9c1f543e89a513c3028ce76");
    const auto named = readCheckpoint(liteMedSamFile());
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_EQ(elementCount(*named), 9'801'439);
}

}  // namespace finebrush::testing
