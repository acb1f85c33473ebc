#pragma once

#include "core/labels/label_revision.h"
#include "core/project/edits/edit.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace finebrush {

/// One step of the history whose labels have yet to be worked out. Made on the project's thread; there it is
/// brought in by `Project::bringIn`, once another thread, or the same, has worked it out.
struct EditPlan {
    struct Labels {
        ImageId image;
        LabelRevision revision;
    };

    ClassTable classes;  ///< of the project when this was planned
    std::vector<ClassChange> classChanges;
    std::vector<Labels> labels;             ///< each image once
    std::optional<uint8_t> goneValue = {};  ///< that no image is to hold any more

    /// About how many tiles of labels are looked at.
    int64_t tiles() const;
    /// Blocks, for long where there is much; any thread. Incomplete where it is asked to stop. Errors: as
    /// `LabelRevision::workOut`.
    Result<void> workOut(const std::stop_token& stop = {});
};

}  // namespace finebrush
