#include "core/project/edits/history.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr int64_t kFetchedTogether = 500;
/// Steps back that are left when the next ones are fetched, which takes less time than to go through them.
constexpr size_t kFetchedAhead = 100;

}  // namespace

History::History(EditList edits, size_t done, int64_t older)
    : edits_(std::move(edits)), done_(done), older_(older) {
    if (done_ > edits_.size()) throw std::invalid_argument("more edits are done than there are");
}

std::optional<History::Numbers> History::olderToFetch() const {
    if (done_ >= kFetchedAhead || older_ == 0 || isCutOff_) return std::nullopt;
    return Numbers{std::max<int64_t>(older_ - kFetchedTogether, 0) + 1, older_};
}

void History::addOlder(const EditList& edits) {
    edits_.insert(edits_.begin(), edits.begin(), edits.end());
    done_ += edits.size();
    older_ -= std::ssize(edits);
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
