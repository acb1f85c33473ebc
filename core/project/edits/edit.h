#pragma once

#include "core/labels/class_table.h"
#include "core/labels/label_patch.h"
#include "core/project/review_state.h"

#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// Names an image of the project (a UUID); survives renaming and moving of the file.
using ImageId = std::string;

/// A change of one entry of the class table: added (no `before`), removed (no `after`) or altered.
struct ClassChange {
    int index = 0;  ///< place in the list
    std::optional<LabelClass> before;
    std::optional<LabelClass> after;
    bool operator==(const ClassChange&) const = default;
};

/// A change of the labels of one image.
struct LabelChange {
    ImageId image;
    LabelPatch patch;
    bool operator==(const LabelChange&) const = default;
};

/// A change of what is said of the labels of one image, and with it of all slices of its file.
struct ReviewChange {
    ImageId image;
    ReviewState before = ReviewState::Open;
    ReviewState after = ReviewState::Open;
    bool operator==(const ReviewChange&) const = default;
};

/// One step of the history: all that a person's single action changed, so that it is undone as one. A removed
/// class carries the labels that went with it; removed images are only hidden until then.
struct Edit {
    std::vector<ClassChange> classChanges;  ///< in the order in which they are made
    std::vector<LabelChange> labelChanges;
    std::vector<ImageId> removedImages;       ///< of a volume all slices
    std::vector<ReviewChange> reviewChanges;  ///< each file once

    bool operator==(const Edit&) const = default;
};

}  // namespace finebrush
