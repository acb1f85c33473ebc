#include "core/labels/region_edits.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <random>

namespace finebrush {
namespace {

/// Blots of two classes across several tiles.
LabelMap blots(unsigned seed) {
    std::mt19937 random(seed);
    LabelMap map({530, 300});
    for (int i = 0; i < 900; ++i) {
        map.fill({static_cast<int>(random() % 530), static_cast<int>(random() % 300),
                  1 + static_cast<int>(random() % 30), 1 + static_cast<int>(random() % 12)},
                 static_cast<uint8_t>(random() % 3 == 0 ? 2 : 1));
        map.fill({static_cast<int>(random() % 530), static_cast<int>(random() % 300),
                  1 + static_cast<int>(random() % 9), 1 + static_cast<int>(random() % 9)},
                 kUnlabelled);
    }
    return map;
}

cv::Mat maskOf(const LabelMap& map) {
    IndexMask mask = map.toMask();
    return cv::Mat(mask.size.height, mask.size.width, CV_8U, mask.values.data()) == 1;
}

cv::Mat maskOf(const PixelRegion& region, cv::Size size) {
    cv::Mat mask = cv::Mat::zeros(size, CV_8U);
    for (const RectInImage& rect : region.rects())
        mask(cv::Rect(rect.x, rect.y, rect.width, rect.height)) += 255;  // one that overlaps saturates
    EXPECT_EQ(cv::countNonZero(mask), region.area()) << "the rectangles lie apart";
    return mask;
}

bool areSame(const cv::Mat& one, const cv::Mat& other) {
    return cv::countNonZero(one != other) == 0;
}

TEST(RegionEdits, RimsAreThoseOfOpenCvsMorphology) {
    const cv::Mat cross = cv::getStructuringElement(cv::MORPH_CROSS, {3, 3});
    for (unsigned seed = 0; seed < 5; ++seed) {
        const LabelMap map = blots(seed);
        const cv::Mat mask = maskOf(map);
        cv::Mat grown, shrunk;
        cv::dilate(mask, grown, cross);
        cv::erode(mask, shrunk, cross);
        EXPECT_TRUE(areSame(maskOf(outerRimOf(map, 1), mask.size()), grown & ~mask)) << seed;
        EXPECT_TRUE(areSame(maskOf(innerRimOf(map, 1), mask.size()), mask & ~shrunk)) << seed;
    }
}

TEST(RegionEdits, HolesAndIslandsAreThoseOfOpenCvsFloods) {
    for (unsigned seed = 0; seed < 5; ++seed) {
        const LabelMap map = blots(seed);
        const cv::Mat mask = maskOf(map);
        cv::Mat framed;
        cv::copyMakeBorder(mask, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
        cv::floodFill(framed, cv::Point(0, 0), cv::Scalar(1), nullptr, {}, {}, 4);
        const cv::Mat holes = framed(cv::Rect(1, 1, mask.cols, mask.rows)) == 0;
        EXPECT_TRUE(areSame(maskOf(holesOf(map, 1), mask.size()), holes)) << seed;

        cv::Mat pieces, statistics, centres;
        const int count = cv::connectedComponentsWithStats(mask, pieces, statistics, centres, 8);
        cv::Mat islands = cv::Mat::zeros(mask.size(), CV_8U);
        for (int piece = 1; piece < count; ++piece) {
            if (statistics.at<int>(piece, cv::CC_STAT_AREA) < 60) islands.setTo(255, pieces == piece);
        }
        EXPECT_TRUE(areSame(maskOf(islandsOf(map, 1, 60), mask.size()), islands)) << seed;
    }
}

TEST(RegionEdits, HugeImagesCostWhatTheirLabelsCost) {
    LabelMap map({200'000, 200'000});  // 40 GB as a mask
    map.fill({150'000, 150'000, 300, 300}, 1);
    map.fill({150'100, 150'100, 10, 10}, 2);
    map.fill({10, 199'990, 3, 3}, 1);
    EXPECT_EQ(holesOf(map, 1).area(), 100);
    EXPECT_EQ(islandsOf(map, 1, 10).area(), 9);
    EXPECT_EQ(outerRimOf(map, 1).area(), 4 * 300 + 4 * 9 + 4 * 3) << "a corner of the hole counts once";
    EXPECT_EQ(innerRimOf(map, 1).bounds(), (RectInImage{10, 150'000, 150'290, 49'993}));
}

TEST(RegionEdits, HoldNothingWhereTheyAreAskedToStop) {
    std::stop_source source;
    source.request_stop();
    for (const auto edit : {ClassShape::Edit::FillHoles, ClassShape::Edit::RemoveIslands,
                            ClassShape::Edit::Grow, ClassShape::Edit::Shrink})
        EXPECT_TRUE(regionOf({edit, 1000}, blots(1), 1, source.get_token()).isEmpty());
}

TEST(RegionEdits, HolesAreWhatAClassEncloses) {
    LabelMap map({40, 40});
    map.fill({5, 5, 20, 20}, 1);
    map.fill({10, 10, 4, 4}, kUnlabelled);
    map.fill({11, 11, 1, 1}, 2);  // what lies in a hole is of the hole
    EXPECT_EQ(holesOf(map, 1).area(), 16);
    EXPECT_EQ(holesOf(map, 1).bounds(), (RectInImage{10, 10, 4, 4}));
    EXPECT_TRUE(holesOf(map, 3).isEmpty());
}

TEST(RegionEdits, ABayAtTheEdgeOfTheImageIsNoHole) {
    LabelMap map({40, 40});
    map.fill({0, 0, 20, 20}, 1);
    map.fill({0, 5, 4, 4}, kUnlabelled);
    EXPECT_TRUE(holesOf(map, 1).isEmpty());
}

TEST(RegionEdits, IslandsAreThePiecesBelowASize) {
    LabelMap map({40, 40});
    map.fill({0, 0, 10, 10}, 1);
    map.fill({20, 20, 2, 2}, 1);
    map.fill({22, 22, 1, 1}, 1);  // by a corner: of the piece before
    map.fill({30, 30, 2, 2}, 2);
    EXPECT_EQ(islandsOf(map, 1, 6).area(), 5);
    EXPECT_TRUE(islandsOf(map, 1, 5).isEmpty());
    EXPECT_EQ(islandsOf(map, 1, 1000).area(), 105);
}

TEST(RegionEdits, RimsAreOnePixelWide) {
    LabelMap map({40, 40});
    map.fill({10, 10, 6, 4}, 1);
    EXPECT_EQ(outerRimOf(map, 1).area(), 2 * (6 + 4));
    EXPECT_EQ(innerRimOf(map, 1).area(), 6 * 4 - 4 * 2);
}

TEST(RegionEdits, TheEdgeOfTheImageShrinksNothing) {
    LabelMap map({40, 40});
    map.fill({0, 0, 40, 40}, 1);
    EXPECT_TRUE(innerRimOf(map, 1).isEmpty());
    EXPECT_TRUE(outerRimOf(map, 1).isEmpty());
    EXPECT_TRUE(holesOf(LabelMap(), 1).isEmpty());
}

}  // namespace
}  // namespace finebrush
