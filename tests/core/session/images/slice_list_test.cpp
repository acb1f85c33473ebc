#include "core/session/images/slice_list.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

ImageEntry entryOf(const char* path, const char* slice = nullptr) {
    ImageEntry entry;
    entry.id = toText(ImageAddress(path, slice ? sliceFromText(slice) : std::nullopt));
    entry.path = path;
    if (slice) entry.slice = sliceFromText(slice);
    return entry;
}

TEST(SliceList, AFileIsOneRowWhereverItsSlicesWereAdded) {
    std::vector<ImageEntry> entries = {entryOf("a.png"), entryOf("b.nii", "axial:5"), entryOf("c.png"),
                                       entryOf("b.nii", "coronal:1"), entryOf("b.nii", "axial:2")};
    gatherSlices(entries);
    const auto groups =
        groupsOf(entries, [](const ImageEntry& entry) { return entry.slice == sliceFromText("axial:5"); });
    EXPECT_THAT(groups, ElementsAre(ImageGroup{0, 1, 0}, ImageGroup{1, 3, 2}, ImageGroup{4, 1, 4}));
    EXPECT_EQ(entries[groups[1].front].slice, sliceFromText("axial:5"));
    const auto unseen = groupsOf(entries, [](const ImageEntry&) { return false; });
    EXPECT_EQ(unseen[1].front, 1U) << "the first slice stands for its volume";
    EXPECT_TRUE(groupsOf({}, [](const ImageEntry&) { return true; }).empty());
}

TEST(SliceList, ARowIsDoneOnceAllOfItIs) {
    std::vector<ImageEntry> entries = {entryOf("a.nii", "axial:1"), entryOf("a.nii", "axial:2"),
                                       entryOf("b.png")};
    const auto reviewOfFirst = [&](ReviewState one, ReviewState other) {
        entries[0].review = one;
        entries[1].review = other;
        return groupsOf(entries, [](const ImageEntry&) { return false; })[0].review;
    };
    EXPECT_EQ(reviewOfFirst(ReviewState::Done, ReviewState::Done), ReviewState::Done);
    EXPECT_EQ(reviewOfFirst(ReviewState::Done, ReviewState::Open), ReviewState::Open);
    EXPECT_EQ(reviewOfFirst(ReviewState::Done, ReviewState::ToCheck), ReviewState::ToCheck);
    entries[2].review = ReviewState::Done;
    EXPECT_EQ(groupsOf(entries, [](const ImageEntry&) { return false; })[1].review, ReviewState::Done);
}

}  // namespace
}  // namespace finebrush
