#include "core/project/edits/label_merge.h"

#include "tests/core/labels/random_strokes.h"
#include "tests/core/project/sample_project.h"

#include <gtest/gtest.h>

#include <random>

namespace finebrush {
namespace {

TEST(LabelMerge, AgreesWithAPixelByPixelMerge) {
    std::mt19937 random(1);
    const ClassTable classes = testing::makeClasses({"a", "b", "c"});
    LabelMap labels({513, 300});
    for (int i = 0; i < 10; ++i) testing::paintRandomStroke(labels, random);
    IndexMask mask{labels.size(), std::vector<uint8_t>(static_cast<size_t>(labels.size().area()))};
    for (uint8_t& value : mask.values)
        value = random() % 10 == 0 ? kUnlabelled : static_cast<uint8_t>(random() % 5);

    const LabelMap free = merged(labels, mask, classes, MergeOver::Unlabelled);
    const LabelMap all = merged(labels, mask, classes, MergeOver::Everything);
    for (int y = 0; y < labels.size().height; ++y) {
        for (int x = 0; x < labels.size().width; ++x) {
            const uint8_t label = labels.at(x, y), predicted = mask.at(x, y);
            const bool isClass = predicted < 3;
            ASSERT_EQ(free.at(x, y), label == kUnlabelled && isClass ? predicted : label);
            ASSERT_EQ(all.at(x, y), isClass ? predicted : label);
        }
    }
}

TEST(LabelMerge, IsTheSameWhenItIsWorkedOutWhereItIsRead) {
    std::mt19937 random(3);
    ClassTable classes = testing::makeClasses({"a", "b"});
    LabelMap labels({700, 530}), over({700, 530});
    for (int i = 0; i < 10; ++i) testing::paintRandomStroke(labels, random);
    for (int i = 0; i < 20; ++i) testing::paintRandomStroke(over, random);
    const LabelMap lazily = mergedWhenRead(labels, over, classes, MergeOver::Unlabelled);
    const LabelMap expected = merged(labels, over.toMask(), classes, MergeOver::Unlabelled);
    over.fill({0, 0, 700, 530}, kUnlabelled);  // it has its own
    EXPECT_EQ(lazily, expected);
    EXPECT_THROW(mergedWhenRead(labels, LabelMap({2, 2}), classes, MergeOver::Unlabelled),
                 std::invalid_argument);
}

TEST(LabelMerge, LeavesLockedClassesAsTheyAre) {
    ClassTable classes = testing::makeClasses({"a", "b"});
    LabelClass locked = classes.classes()[0];
    locked.locked = true;
    classes.update(locked);
    LabelMap labels({20, 20});
    labels.fill({0, 0, 10, 20}, 0);
    const IndexMask mask{labels.size(), std::vector<uint8_t>(400, 1)};
    const LabelMap all = merged(labels, mask, classes, MergeOver::Everything);
    EXPECT_EQ(all.histogram()[0], 200);
    EXPECT_EQ(all.histogram()[1], 200);
}

TEST(LabelMerge, RefusesAMaskOfAnotherSize) {
    const IndexMask mask{{2, 3}, std::vector<uint8_t>(6)};
    EXPECT_THROW(merged(LabelMap({3, 2}), mask, {}, MergeOver::Everything), std::invalid_argument);
}

TEST(LabelMerge, AReplacedValueLeavesOtherTilesShared) {
    LabelMap labels({600, 300});
    labels.fill({0, 0, 600, 300}, 1);
    labels.fill({10, 10, 20, 20}, 2);
    const LabelMap without = edited(labels, replacing(2, kUnlabelled));
    EXPECT_EQ(without.histogram()[2], 0);
    EXPECT_EQ(without.histogram()[kUnlabelled], 400);
    EXPECT_EQ(without.tile(1, 0), labels.tile(1, 0));
    EXPECT_NE(without.tile(0, 0), labels.tile(0, 0));
    EXPECT_EQ(edited(labels, replacing(2, 1)).histogram()[1], labels.size().area());
}

}  // namespace
}  // namespace finebrush
