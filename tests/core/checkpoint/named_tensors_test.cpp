#include "core/checkpoint/named_tensors.h"

#include "tests/core/checkpoint/checkpoint_fixtures.h"

namespace finebrush::testing {

namespace {

NamedTensors trainingCheckpoint() {
    NamedTensors named;
    named.tensors.insert("model.w", torch::ones({2, 3}));
    named.tensors.insert("optimizer.w", torch::ones({4}));
    named.tensors.insert("model.b", torch::zeros({1}));
    named.metadata = {{"format", "pt"}};
    return named;
}

}  // namespace

TEST(NamedTensors, CountsElements) {
    EXPECT_EQ(elementCount(trainingCheckpoint()), 11);
    EXPECT_EQ(elementCount({}), 0);
}

TEST(NamedTensors, FindsPrefixes) {
    EXPECT_TRUE(hasPrefix(trainingCheckpoint(), "model."));
    EXPECT_FALSE(hasPrefix(trainingCheckpoint(), "w"));
}

TEST(NamedTensors, TakesThePartBelowAPrefix) {
    const NamedTensors below = tensorsBelow(trainingCheckpoint(), "model.");
    EXPECT_THAT(below.tensors.keys(), ::testing::ElementsAre("w", "b"));
    EXPECT_THAT(below.tensors["w"], IsBitEqualTo(torch::ones({2, 3})));
    EXPECT_EQ(below.metadata.at("format"), "pt");
}

}  // namespace finebrush::testing
