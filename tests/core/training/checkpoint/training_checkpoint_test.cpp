#include "core/training/checkpoint/training_checkpoint.h"

#include "core/checkpoint/safetensors_file.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

const RequestFingerprint kRequest = {{"labels", "one"}, {"seed", "7"}};

TrainingState sampleState() {
    TrainingState state;
    state.trainer.tensors.insert("weight.a", torch::arange(6, torch::kFloat32).view({2, 3}));
    state.trainer.tensors.insert("order", torch::empty({0}, torch::kInt64));
    state.trainer.metadata = {{"step", "2"}, {"random", "1 2 3"}};
    state.metrics.resize(2);
    state.metrics[1].step = 2;
    state.metrics[1].usage = {{"layers.1.blocks.0", {0.25f, 0.75f}}};
    state.seconds = 12.5;
    return state;
}

TEST(TrainingCheckpoint, ComesBackWhole) {
    const TrainingState state = sampleState();
    const auto read = decodeCheckpoint(encodeCheckpoint(state, kRequest), kRequest, "test");
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->metrics, state.metrics);
    EXPECT_EQ(read->step(), 2);
    EXPECT_EQ(read->seconds, 12.5);
    EXPECT_EQ(read->trainer.metadata.at("random"), "1 2 3");
    ASSERT_EQ(read->trainer.tensors.size(), 2u);
    EXPECT_TRUE(torch::equal(read->trainer.tensors["weight.a"], state.trainer.tensors["weight.a"]));
    EXPECT_TRUE(decodeCheckpoint(encodeCheckpoint(*read, kRequest), kRequest, "test"))
        << "what was gone on with is saved again";
}

TEST(TrainingCheckpoint, OfAnotherRequestIsRefusedWithThePartThatDiffers) {
    const auto bytes = encodeCheckpoint(sampleState(), kRequest);
    const auto read = decodeCheckpoint(bytes, {{"labels", "one"}, {"seed", "8"}}, "out/checkpoint");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), (Error{ErrorCode::TrainingDiffers, {"out/checkpoint", "seed"}, {}}));
}

TEST(TrainingCheckpoint, NoByteMayBeAnotherOrMissing) {
    const auto bytes = encodeCheckpoint(sampleState(), kRequest);
    for (size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] ^= 1;
        const auto read = decodeCheckpoint(changed, kRequest, "test");
        ASSERT_FALSE(read) << "byte " << i;
        EXPECT_EQ(read.error().code, ErrorCode::CheckpointMalformed) << "byte " << i;
    }
    for (size_t size = 0; size < bytes.size(); size += 7) {
        EXPECT_FALSE(decodeCheckpoint(std::span(bytes).first(size), kRequest, "test")) << size << " bytes";
    }
}

TEST(TrainingCheckpoint, AnotherSafetensorsFileIsNone) {
    NamedTensors other;
    other.tensors.insert("a", torch::zeros({2}));
    const auto read = decodeCheckpoint(encodeSafetensors(other), kRequest, "adapter");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::CheckpointMalformed);
    EXPECT_EQ(read.error().arguments, (std::vector<std::string>{"adapter", "it is of no training"}));
}

}  // namespace
}  // namespace finebrush::training
