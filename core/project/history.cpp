#include "core/project/history.h"

#include <stdexcept>
#include <utility>

namespace finebrush {

History::History(std::vector<std::shared_ptr<const Edit>> edits, size_t done)
    : edits_(std::move(edits)), done_(done) {
    if (done_ > edits_.size()) throw std::invalid_argument("more edits are done than there are");
}

History::Step History::push(Edit edit) {
    edits_.resize(done_);
    edits_.push_back(std::make_shared<const Edit>(std::move(edit)));
    ++done_;
    return {static_cast<int64_t>(done_), edits_.back()};
}

History::Step History::stepBack() {
    if (!canUndo()) throw std::logic_error("there is nothing to undo");
    --done_;
    return {static_cast<int64_t>(done_) + 1, edits_[done_]};
}

History::Step History::stepForward() {
    if (!canRedo()) throw std::logic_error("there is nothing to redo");
    ++done_;
    return {static_cast<int64_t>(done_), edits_[done_ - 1]};
}

}  // namespace finebrush
