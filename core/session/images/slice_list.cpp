#include "core/session/images/slice_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace finebrush {

namespace {

/// Slices that came together from several series may differ: then not all is done.
ReviewState together(ReviewState one, ReviewState other) {
    if (one == other) return one;
    const bool isToCheck = one == ReviewState::ToCheck || other == ReviewState::ToCheck;
    return isToCheck ? ReviewState::ToCheck : ReviewState::Open;
}

}  // namespace

void gatherSlices(std::vector<ImageEntry>& entries) {
    std::map<std::filesystem::path, size_t> places;
    for (size_t i = 0; i < entries.size(); ++i) places.emplace(entries[i].path, i);
    std::ranges::stable_sort(entries, {}, [&](const ImageEntry& entry) {
        const SliceAddress slice = entry.slice.value_or(SliceAddress());
        return std::tuple(places.at(entry.path), slice.view, slice.frame, slice.index);
    });
}

void dropVisited(std::vector<ImageEntry>& entries, const std::function<bool(const ImageEntry&)>& isKept) {
    std::set<std::filesystem::path> standing;
    for (const ImageEntry& entry : entries) {
        if (entry.slice && isKept(entry)) standing.insert(entry.path);
    }
    std::erase_if(entries, [&](const ImageEntry& entry) {
        return entry.slice && !isKept(entry) && !standing.insert(entry.path).second;
    });
}

std::vector<ImageGroup> groupsOf(const std::vector<ImageEntry>& entries,
                                 const std::function<bool(const ImageEntry&)>& isLookedAt) {
    std::vector<ImageGroup> groups;
    for (size_t i = 0; i < entries.size(); ++i) {
        const bool isOfLast = i > 0 && entries[i].path == entries[i - 1].path;
        if (isOfLast) {
            ++groups.back().count;
        } else {
            groups.push_back({i, 1, i, entries[i].review});
        }
        if (isLookedAt(entries[i])) groups.back().front = i;
        groups.back().review = together(groups.back().review, entries[i].review);
    }
    return groups;
}

}  // namespace finebrush
