#include "core/project/review_state.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace finebrush {

namespace {

constexpr std::pair<ReviewState, const char*> kTexts[] = {
    {ReviewState::Open, ""}, {ReviewState::Done, "done"}, {ReviewState::ToCheck, "to_check"}};

}  // namespace

std::string toText(ReviewState review) {
    return kTexts[static_cast<size_t>(review)].second;
}

std::optional<ReviewState> reviewStateFromText(const std::string& text) {
    const auto* found = std::ranges::find_if(kTexts, [&](const auto& entry) { return text == entry.second; });
    return found == std::end(kTexts) ? std::nullopt : std::optional(found->first);
}

}  // namespace finebrush
