#include "core/session/labels/doubtful_spots.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush {
namespace {

constexpr PixelSize kSize{640, 480};

/// All of class 1 and sure.
messages::Prediction surePrediction() {
    messages::Prediction prediction;
    prediction.mask = {kSize, std::vector<uint8_t>(size_t{640} * 480, 1)};
    prediction.confidence.assign(size_t{640} * 480, 250);
    return prediction;
}

void doubt(messages::Prediction& prediction, const RectInImage& rect, uint8_t confidence, uint8_t value) {
    for (int y = rect.y; y < rect.bottom(); ++y) {
        for (int x = rect.x; x < rect.right(); ++x) {
            prediction.confidence[static_cast<size_t>(y) * 640 + x] = confidence;
            prediction.mask.values[static_cast<size_t>(y) * 640 + x] = value;
        }
    }
}

bool isInside(const DoubtfulSpot& spot, const RectInImage& rect) {
    return spot.middle.x >= rect.x && spot.middle.x < rect.right() && spot.middle.y >= rect.y &&
           spot.middle.y < rect.bottom();
}

TEST(DoubtfulSpots, TheMostDoubtfulComesFirstAndTellsItsClass) {
    messages::Prediction prediction = surePrediction();
    const RectInImage less{400, 300, 60, 60}, more{100, 100, 60, 60};
    doubt(prediction, less, 150, 2);
    doubt(prediction, more, 100, 3);
    const std::vector<DoubtfulSpot> spots = doubtfulSpots(prediction, LabelMap(kSize));
    ASSERT_EQ(spots.size(), 2u);
    EXPECT_TRUE(isInside(spots[0], more));
    EXPECT_EQ(spots[0].value, 3);
    EXPECT_NEAR(spots[0].certainty, 100 / 255.0, 0.02);
    EXPECT_TRUE(isInside(spots[1], less));
    EXPECT_EQ(spots[1].value, 2);
    EXPECT_NEAR(spots[1].certainty, 150 / 255.0, 0.02);
}

TEST(DoubtfulSpots, WhereSomethingIsPaintedNothingIsAsked) {
    messages::Prediction prediction = surePrediction();
    const RectInImage left{100, 100, 40, 40}, right{400, 100, 40, 40};
    doubt(prediction, left, 100, 1);
    doubt(prediction, right, 150, 1);
    LabelMap labels(kSize);
    labels.fill({110, 110, 20, 20}, 0);
    const std::vector<DoubtfulSpot> spots = doubtfulSpots(prediction, labels);
    ASSERT_FALSE(spots.empty());
    for (const DoubtfulSpot& spot : spots) {
        EXPECT_FALSE(isInside(spot, {110, 110, 20, 20}));
    }
    EXPECT_TRUE(isInside(spots.front(), right));
}

TEST(DoubtfulSpots, LieApartAndInsideTheImage) {
    messages::Prediction prediction = surePrediction();
    doubt(prediction, {0, 0, 640, 480}, 120, 1);
    const std::vector<DoubtfulSpot> spots = doubtfulSpots(prediction, LabelMap(kSize));
    ASSERT_GT(spots.size(), 10u);
    for (size_t i = 0; i < spots.size(); ++i) {
        EXPECT_TRUE(isInside(spots[i], RectInImage::ofSize(kSize)));
        for (size_t j = 0; j < i; ++j) {
            const double distance =
                std::hypot(spots[i].middle.x - spots[j].middle.x, spots[i].middle.y - spots[j].middle.y);
            EXPECT_GT(distance, spots[i].radius);
        }
    }
}

TEST(DoubtfulSpots, AThinBorderBetweenSureAreasIsNoSpot) {
    messages::Prediction prediction = surePrediction();
    doubt(prediction, {320, 0, 2, 480}, 130, 1);
    EXPECT_TRUE(doubtfulSpots(prediction, LabelMap(kSize)).empty());
}

TEST(DoubtfulSpots, AModelThatIsSureOrSaysNothingHasNone) {
    messages::Prediction prediction = surePrediction();
    EXPECT_TRUE(doubtfulSpots(prediction, LabelMap(kSize)).empty());
    prediction.confidence.clear();
    EXPECT_TRUE(doubtfulSpots(prediction, LabelMap(kSize)).empty());
    prediction = surePrediction();
    doubt(prediction, {0, 0, 640, 480}, 120, 1);
    EXPECT_TRUE(doubtfulSpots(prediction, LabelMap({64, 48})).empty()) << "of another image";
}

TEST(DoubtfulSpots, ASmallImageHasThemToo) {
    messages::Prediction prediction;
    prediction.mask = {{9, 7}, std::vector<uint8_t>(63, 2)};
    prediction.confidence.assign(63, 90);
    const std::vector<DoubtfulSpot> spots = doubtfulSpots(prediction, LabelMap({9, 7}));
    ASSERT_EQ(spots.size(), 1u);
    EXPECT_TRUE(isInside(spots[0], {0, 0, 9, 7}));
}

}  // namespace
}  // namespace finebrush
