#pragma once

#include "core/project/edits/edit.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace finebrush {

using EditList = std::vector<std::shared_ptr<const Edit>>;

/// The edits of a project in order, those that are undone last. Edits are numbered from 1, as in the journal
/// of the file. The oldest may still lie in the file only: they are fetched before a person comes back to
/// them.
///
/// This lives here and not in a QUndoStack of the window, as the first design had it: undo without limit that
/// survives a restart is a property of the project file, and one history cannot disagree with itself.
class History {
  public:
    History() = default;
    /// `done` of the edits are in effect, and before them `older` ones that are not here. Throws
    /// std::invalid_argument where there are fewer.
    History(EditList edits, size_t done, int64_t older = 0);

    bool canUndo() const { return done_ > 0 || needsOlder(); }
    bool canRedo() const { return done_ < edits_.size(); }
    /// How many edits there are, with those in the file and those that are undone.
    int64_t size() const { return older_ + std::ssize(edits_); }
    /// Those that are here, and how many of them are in effect.
    const EditList& edits() const { return edits_; }
    size_t done() const { return done_; }

    /// True where the next step back has to be fetched first. Until then `stepBack` may not be called.
    bool needsOlder() const { return done_ == 0 && older_ > 0 && !isCutOff_; }
    struct Numbers {
        int64_t first;
        int64_t last;
    };
    /// The edits that are to be fetched next; nothing while there are enough here.
    std::optional<Numbers> olderToFetch() const;
    /// Puts the edits of `olderToFetch` before those that are here.
    void addOlder(const EditList& edits);
    /// Begins with what is here, since the older ones are damaged.
    void cutOff() { isCutOff_ = true; }
    /// Begins with what is here: that is numbered from 1 now.
    void forgetOlder() { older_ = 0; }

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
    EditList edits_;
    size_t done_ = 0;
    int64_t older_ = 0;
    bool isCutOff_ = false;
};

}  // namespace finebrush
