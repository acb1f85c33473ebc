#include "core/training/validation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush::training {
namespace {

/// A picture whose labels are class 0 on the left and class 1 on the right.
messages::LabelledImage halves() {
    return {"halves", {{4, 1}, 1, PixelType::UInt8, {1, 2, 3, 4}, {}}, {{4, 1}, {0, 0, 1, 1}}};
}

std::vector<messages::LabelledImage> images(size_t count) {
    return std::vector<messages::LabelledImage>(count, halves());
}

std::vector<size_t> chosen(const std::vector<messages::LabelledImage>& images, double share, uint64_t seed) {
    const Validation validation(images, share, seed);
    std::vector<size_t> places;
    for (size_t i = 0; i < images.size(); ++i) {
        if (validation.holds(images[i])) places.push_back(i);
    }
    EXPECT_EQ(places.size(), validation.size());
    return places;
}

TEST(Validation, HoldsOutAShareByTheSeed) {
    const auto ten = images(10);
    EXPECT_EQ(chosen(ten, 0.3, 1).size(), 3u);
    EXPECT_EQ(chosen(ten, 0.3, 1), chosen(ten, 0.3, 1));
    EXPECT_NE(chosen(ten, 0.3, 1), chosen(ten, 0.3, 2));
    EXPECT_TRUE(Validation(ten, 0, 1).isEmpty());
}

TEST(Validation, TakesAtLeastOneImageAndNeverAll) {
    EXPECT_EQ(chosen(images(3), 0.01, 1).size(), 1u);
    EXPECT_EQ(chosen(images(3), 0.99, 1).size(), 2u);
    EXPECT_EQ(chosen(images(1), 0.5, 1).size(), 0u);
    auto two = images(2);
    two[0].labels.values.assign(4, kUnlabelled);
    EXPECT_TRUE(chosen(two, 0.5, 1).empty()) << "an image without labels is none";
}

/// Says what it is told to.
class FixedModel : public SegmentationModel {
  public:
    const std::vector<messages::ClassInfo>& classes() const override { return classes_; }
    const InputRange& inputRange() const override { return inputRange_; }
    void setInputRange(const InputRange& range) override { inputRange_ = range; }
    torch::Tensor probabilities(const PixelBuffer&, Care, WorkMonitor&) override {
        return torch::tensor({{{0.9f, 0.2f, 0.1f, 0.1f}}, {{0.1f, 0.8f, 0.9f, 0.9f}}});
    }
    messages::AdapterFiles toFiles() const override { return {}; }

  private:
    InputRange inputRange_;
    std::vector<messages::ClassInfo> classes_ = {{"a", "left", "#000000", 0}, {"b", "right", "#ffffff", 1}};
};

TEST(Validation, ScoresByTheMeanIouOfAllLabelledPixels) {
    const auto two = images(2);
    FixedModel model;
    EXPECT_NEAR(Validation(two, 0.5, 1).score(model), (1.0 / 2 + 2.0 / 3) / 2, 1e-9);
}

}  // namespace
}  // namespace finebrush::training
