#include "core/project/kept_prediction.h"

#include "tests/core/project/sample_project.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

using testing::makePrediction;

std::shared_ptr<const std::vector<uint8_t>> shared(std::vector<uint8_t> bytes) {
    return std::make_shared<const std::vector<uint8_t>>(std::move(bytes));
}

TEST(KeptPrediction, IsTheSamePackedAndUnpacked) {
    messages::Prediction prediction = makePrediction("a", {300, 270}, 1, true);
    prediction.mask.values[1234] = 3;
    const KeptPrediction kept(prediction);
    EXPECT_EQ(*kept.unpacked(), prediction);
    const PackedPrediction packed = kept.packed();
    EXPECT_EQ(*kept.unpacked(), prediction);
    EXPECT_EQ(kept.size(), prediction.mask.size);
    EXPECT_EQ(kept.step(), 7);
    EXPECT_TRUE(kept.isFinal());

    messages::Prediction facts = prediction;
    facts.mask = {};
    facts.confidence.clear();
    EXPECT_EQ(*KeptPrediction(facts, {300, 270}, packed).unpacked(), prediction) << "as from a file";
}

TEST(KeptPrediction, TakesLittleMemoryOnceItIsPackedAndNobodyLooks) {
    const KeptPrediction kept(makePrediction("a", {1000, 1000}, 1, true));
    PredictionPtr looked = kept.unpacked();
    const PackedPrediction packed = kept.packed();
    EXPECT_LT(packed.mask->capacity() + packed.confidence->capacity(), 20'000U);
    EXPECT_EQ(kept.unpacked(), looked) << "it is unpacked once for all who look";
    const std::weak_ptr<const messages::Prediction> held = looked;
    looked.reset();
    EXPECT_TRUE(held.expired());
    EXPECT_EQ(kept.packed().mask, packed.mask) << "it is packed once";
}

TEST(KeptPrediction, OneThatNobodyPackedStaysWhole) {
    const KeptPrediction kept(makePrediction("a", {30, 20}, 1));
    const std::weak_ptr<const messages::Prediction> held = kept.unpacked();
    EXPECT_FALSE(held.expired());
}

TEST(KeptPrediction, IsNoneWhereTheFileIsDamaged) {
    const PackedPrediction packed = KeptPrediction(makePrediction("a", {300, 270}, 1)).packed();
    std::vector<uint8_t> damaged = *packed.mask;
    damaged.at(damaged.size() - 1) ^= 1U;  // of the checksum of the stream
    EXPECT_EQ(KeptPrediction({}, {300, 270}, {shared(damaged), packed.confidence}).unpacked(), nullptr);
    EXPECT_NE(KeptPrediction({}, {300, 270}, packed).unpacked(), nullptr);
}

}  // namespace
}  // namespace finebrush
