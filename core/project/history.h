#pragma once

#include "core/project/edit.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace finebrush {

/// The edits of a project in order, those that are undone last. Edits are numbered from 1, as in the journal
/// of the file.
///
/// This lives here and not in a QUndoStack of the window, as the first design had it: undo without limit that
/// survives a restart is a property of the project file, and one history cannot disagree with itself.
class History {
  public:
    History() = default;
    /// `done` of the edits are in effect. Throws std::invalid_argument where there are fewer.
    History(std::vector<std::shared_ptr<const Edit>> edits, size_t done);

    bool canUndo() const { return done_ > 0; }
    bool canRedo() const { return done_ < edits_.size(); }

    struct Step {
        int64_t number;
        std::shared_ptr<const Edit> edit;
    };

    /// Appends an edit that is in effect already; what was undone can no longer be redone.
    Step push(Edit edit);
    /// Gives the edit to revert, which from now on counts as undone. Throws std::logic_error where there is
    /// none.
    Step stepBack();
    /// Gives the edit to apply again. Throws std::logic_error where there is none.
    Step stepForward();

  private:
    std::vector<std::shared_ptr<const Edit>> edits_;
    size_t done_ = 0;
};

}  // namespace finebrush
