#include "core/labels/brush_stroke.h"

#include "tests/core/labels/column_mask.h"
#include "tests/core/labels/random_strokes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace finebrush {
namespace {

double distanceToSegment(PointInImage p, PointInImage a, PointInImage b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    const double t = squared == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0);
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/// Compares every pixel with its distance to the path; a pixel on the very edge may fall on either side.
void expectPaintedWithin(const LabelMap& map, const std::vector<PointInImage>& path, double radius) {
    for (int y = 0; y < map.size().height; ++y) {
        for (int x = 0; x < map.size().width; ++x) {
            double distance = std::numeric_limits<double>::infinity();
            for (size_t i = 0; i < path.size(); ++i) {
                distance = std::min(distance,
                                    distanceToSegment({x + 0.5, y + 0.5}, path[i == 0 ? 0 : i - 1], path[i]));
            }
            if (std::abs(distance - radius) < 1e-9) continue;
            ASSERT_EQ(map.at(x, y) == 1, distance < radius) << "at " << x << ", " << y << ": " << distance;
        }
    }
}

TEST(BrushStroke, PaintsThePixelsWhoseCentresLieWithinTheRadius) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> coordinate(-20.0, 320.0);
    for (const double diameter : {2.0, 2.5, 7.0, 31.3, 200.0}) {
        LabelMap map({300, 290});
        BrushStroke stroke(map, 1, diameter);
        std::vector<PointInImage> path;
        for (int i = 0; i < 4; ++i) {
            path.push_back({coordinate(random), coordinate(random)});
            stroke.extendTo(path.back());
        }
        expectPaintedWithin(map, path, diameter / 2);
    }
}

TEST(BrushStroke, IsRoundInThePatientWherePixelsAreNoSquares) {
    LabelMap map({200, 60});
    BrushStroke(map, 1, 60, {}, {1, 6}).extendTo({100, 30});
    EXPECT_EQ(map.at(71, 30), 1);
    EXPECT_EQ(map.at(69, 30), kUnlabelled);
    EXPECT_EQ(map.at(100, 25), 1) << "4.5 px below are 27 widths of a pixel";
    EXPECT_EQ(map.at(100, 24), kUnlabelled);
    for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 200; ++x) {
            const double distance = std::hypot(x + 0.5 - 100, 6 * (y + 0.5 - 30));
            if (std::abs(distance - 30) < 1e-9) continue;
            ASSERT_EQ(map.at(x, y) == 1, distance < 30) << "at " << x << ", " << y;
        }
    }
}

TEST(BrushStroke, AThinBrushLeavesNoLongPixelOut) {
    for (const PixelShape pixel : {PixelShape{1, 6}, PixelShape{5, 1}}) {
        for (const double diameter : {1.0, 3.0, 7.0}) {
            LabelMap map({100, 100});
            BrushStroke stroke(map, 1, diameter, {}, pixel);
            stroke.extendTo({0.9, 0.9});
            EXPECT_GE(map.histogram()[1], 1) << "a click paints one";
            stroke.extendTo({99.5, 37.5});
            stroke.extendTo({60.1, 99.9});
            for (int i = 0; i < 100; ++i) {
                bool isInColumn = false, isInRow = false;
                for (int j = 0; j < 100; ++j) {
                    isInColumn |= map.at(i, j) == 1;
                    isInRow |= map.at(j, i) == 1;
                }
                EXPECT_TRUE(isInColumn && isInRow) << i << ", diameter " << diameter;
            }
        }
    }
}

TEST(BrushStroke, PaintsStraightLinesAlongTheAxes) {
    LabelMap map({60, 40});
    BrushStroke stroke(map, 1, 5);
    stroke.extendTo({10.3, 10.1});
    stroke.extendTo({40.3, 10.1});
    stroke.extendTo({40.3, 30.1});
    expectPaintedWithin(map, {{10.3, 10.1}, {40.3, 10.1}, {40.3, 30.1}}, 2.5);
}

TEST(BrushStroke, TheSmallestBrushPaintsThePixelUnderThePointer) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> coordinate(0, 20);
    for (int round = 0; round < 200; ++round) {
        LabelMap map({20, 20});
        const PointInImage point{coordinate(random), coordinate(random)};
        BrushStroke(map, 1, 1).extendTo(point);
        EXPECT_EQ(map.histogram()[1], 1);
        EXPECT_EQ(map.at(static_cast<int>(point.x), static_cast<int>(point.y)), 1);
    }
}

TEST(BrushStroke, TheSmallestBrushLeavesNoGapOnADiagonal) {
    LabelMap map({100, 100});
    BrushStroke stroke(map, 1, 1);
    stroke.extendTo({0.5, 0.5});
    stroke.extendTo({99.5, 37.5});
    for (int x = 0; x < 100; ++x) {
        bool isPainted = false;
        for (int y = 0; y < 100; ++y) isPainted |= map.at(x, y) == 1;
        EXPECT_TRUE(isPainted) << "column " << x;
    }
}

/// Against the discs along the path, one close to the next.
TEST(BrushStroke, AChangingDiameterIsComeToEvenlyOnTheWay) {
    struct Dab {
        PointInImage centre;
        double diameter;
    };
    const std::vector<std::vector<Dab>> strokes = {
        {{{20, 30}, 4}, {{90, 50}, 30}},
        {{{90, 20}, 40}, {{25, 70}, 2}, {{60, 90}, 2}, {{62, 30}, 25}},
        {{{60, 50}, 10}, {{63, 52}, 60}},  // one disc holds the other
        {{{60, 50}, 60}, {{63, 52}, 10}, {{100, 52}, 10}},
        {{{50, 50}, 10}, {{50, 50}, 20}},
    };
    for (size_t number = 0; number < strokes.size(); ++number) {
        const std::vector<Dab>& dabs = strokes[number];
        LabelMap map({120, 100});
        BrushStroke stroke(map, 1, dabs.front().diameter);
        for (const Dab& dab : dabs) stroke.extendTo(dab.centre, dab.diameter);
        for (int y = 0; y < 100; ++y) {
            for (int x = 0; x < 120; ++x) {
                double outside = std::numeric_limits<double>::infinity();  // of the nearest disc, in px
                for (size_t i = 1; i < dabs.size(); ++i) {
                    const auto& [from, fromDiameter] = dabs[i - 1];
                    const auto& [to, toDiameter] = dabs[i];
                    for (double t = 0; t <= 1; t += 1.0 / 2048) {
                        const double distance = std::hypot(x + 0.5 - from.x - t * (to.x - from.x),
                                                           y + 0.5 - from.y - t * (to.y - from.y));
                        outside = std::min(outside,
                                           distance - (fromDiameter + t * (toDiameter - fromDiameter)) / 2);
                    }
                }
                if (std::abs(outside) < 1e-3) continue;
                ASSERT_EQ(map.at(x, y) == 1, outside < 0)
                    << "stroke " << number << " at " << x << ", " << y << ": " << outside;
            }
        }
        const LabelMap painted = map;
        LabelPatch patch = stroke.finish();
        patch.revert(map);
        EXPECT_TRUE(map.isEmpty());
        patch.apply(map);
        EXPECT_EQ(map, painted);
    }
}

TEST(BrushStroke, ADiameterThatIsNoneOrTooSmallDoesNoHarm) {
    LabelMap map({40, 20});
    BrushStroke stroke(map, 1, 6);
    stroke.extendTo({10, 10});
    stroke.extendTo({20, 10}, std::numeric_limits<double>::quiet_NaN());
    EXPECT_EQ(map.at(20, 7), 1) << "as before";
    stroke.extendTo({30, 10}, 0);
    EXPECT_EQ(map.at(30, 10), 1) << "1 px at least";
    EXPECT_EQ(map.at(30, 8), kUnlabelled);
}

TEST(BrushStroke, ReturnsTheRectangleThatMayHaveChanged) {
    LabelMap map({100, 100});
    BrushStroke stroke(map, 1, 4);
    EXPECT_EQ(stroke.extendTo({10, 10}), (RectInImage{8, 8, 4, 4}));
    EXPECT_EQ(stroke.extendTo({-500, -500}).intersected({12, 12, 88, 88}), RectInImage{});
    EXPECT_EQ(stroke.touched(), (RectInImage{0, 0, 12, 12}));
}

TEST(BrushStroke, IgnoresPointsThatAreNotFinite) {
    LabelMap map({10, 10});
    BrushStroke stroke(map, 1, 3);
    EXPECT_TRUE(stroke.extendTo({std::nan(""), 1}).isEmpty());
    EXPECT_TRUE(stroke.extendTo({1, std::numeric_limits<double>::infinity()}).isEmpty());
    EXPECT_TRUE(stroke.extendTo({1e300, -1e300}).isEmpty());
    EXPECT_TRUE(stroke.finish().isEmpty());
}

TEST(BrushStroke, CancelPutsTheMapBack) {
    std::mt19937 random(11);
    LabelMap map({400, 300});
    for (int i = 0; i < 5; ++i) testing::paintRandomStroke(map, random);
    const LabelMap before = map;
    BrushStroke stroke(map, 3, 50);
    stroke.extendTo({100, 100});
    stroke.extendTo({350, 280});
    EXPECT_NE(map, before);
    stroke.cancel();
    EXPECT_EQ(map, before);
}

TEST(BrushStroke, PaintingOverTheSameValueGivesAnEmptyPatch) {
    LabelMap map({100, 100});
    map.fill({0, 0, 100, 100}, 2);
    BrushStroke stroke(map, 2, 20);
    stroke.extendTo({50, 50});
    EXPECT_TRUE(stroke.finish().isEmpty());
}

TEST(BrushStroke, LeavesWhatTheRuleProtects) {
    ClassTable classes;
    classes.insert(0, classes.makeNext("locked"));
    LabelClass locked = classes.classes()[0];
    locked.locked = true;
    classes.update(locked);
    LabelMap map({100, 100});
    map.fill({0, 0, 50, 100}, 0);
    BrushStroke stroke(map, 1, 20, PaintRule(classes, PaintOver::Everything));
    stroke.extendTo({50, 50});
    EXPECT_EQ(map.histogram()[0], 5000);
    EXPECT_EQ(map.at(55, 50), 1);
    stroke.finish().revert(map);
    EXPECT_EQ(map.histogram()[kUnlabelled], 5000);
}

TEST(BrushStroke, LeavesWhatTheMaskKeepsAndSaysSo) {
    LabelMap map({100, 100});
    const PaintRule rule({}, PaintOver::Everything, std::make_shared<testing::ColumnMask>(50));
    BrushStroke stroke(map, 1, 20, rule);
    stroke.extendTo({80, 50});
    EXPECT_FALSE(stroke.isHeldBack());
    stroke.extendTo({40, 50});
    EXPECT_TRUE(stroke.isHeldBack());
    EXPECT_EQ(map.at(49, 50), kUnlabelled);
    EXPECT_EQ(map.at(50, 50), 1);
    stroke.finish().revert(map);
    EXPECT_EQ(map, LabelMap({100, 100}));
}

TEST(BrushStroke, TouchesOnlyTheTilesUnderTheBrushOfAHugeMap) {
    LabelMap map({16000, 16000});
    const LabelMap before = map;
    BrushStroke stroke(map, 1, 200);
    stroke.extendTo({8192, 8192});
    stroke.extendTo({8200, 8192});
    int touchedTiles = 0;
    for (int row = 0; row < map.tileRows(); ++row) {
        for (int column = 0; column < map.tileColumns(); ++column)
            touchedTiles += map.tile(column, row) != nullptr;
    }
    EXPECT_EQ(touchedTiles, 4);
    EXPECT_TRUE(before.isEmpty());
}

}  // namespace
}  // namespace finebrush
