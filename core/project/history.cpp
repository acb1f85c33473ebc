#include "core/project/history.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr int64_t kFetchedTogether = 500;

}  // namespace

History::History(EditList edits, size_t done, int64_t older)
    : edits_(std::move(edits)), done_(done), older_(older) {
    if (done_ > edits_.size()) throw std::invalid_argument("more edits are done than there are");
}

void History::fetchOlder(const FetchOlder& fetch) {
    if (!needsOlder()) return;
    const int64_t first = std::max<int64_t>(older_ - kFetchedTogether, 0) + 1;
    EditList fetched = fetch(first, older_);
    isCutOff_ = std::ssize(fetched) != older_ - first + 1;
    if (isCutOff_) return;
    done_ = fetched.size();
    older_ = first - 1;
    edits_.insert(edits_.begin(), fetched.begin(), fetched.end());
}

History::Step History::push(Edit edit) {
    edits_.resize(done_);
    edits_.push_back(std::make_shared<const Edit>(std::move(edit)));
    ++done_;
    return {older_ + static_cast<int64_t>(done_), edits_.back()};
}

History::Step History::stepBack() {
    if (done_ == 0) throw std::logic_error("there is nothing to undo");
    --done_;
    return {older_ + static_cast<int64_t>(done_) + 1, edits_[done_]};
}

History::Step History::stepForward() {
    if (!canRedo()) throw std::logic_error("there is nothing to redo");
    ++done_;
    return {older_ + static_cast<int64_t>(done_), edits_[done_ - 1]};
}

}  // namespace finebrush
