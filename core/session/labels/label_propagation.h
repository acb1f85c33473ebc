#pragma once

#include "core/session/change_events.h"
#include "core/session/current_project.h"
#include "core/session/images/image_shelf.h"
#include "core/session/labels/label_reviser.h"
#include "core/session/worker.h"

#include <map>
#include <vector>

namespace finebrush {

/// Carries labels from slice to slice, from view to view and from image to image, as the session's functions
/// say. What is there already is kept as strokes keep it: locked classes always, and all labels where only
/// unlabelled pixels are painted. Owner's thread; slow work runs on a worker.
class LabelPropagation {
  public:
    LabelPropagation(CurrentProject& current, ImageShelf& shelf, Worker& jobs, LabelReviser& reviser,
                     ChangeEvents events)
        : current_(current), shelf_(shelf), jobs_(jobs), reviser_(reviser), events_(std::move(events)) {}

    void copyFromPrevious() { copyFrom(-1); }
    void copyFromNext() { copyFrom(1); }
    void interpolate();
    void takeFromOtherViews();

  private:
    /// A slice between the two, labelled.
    struct FilledSlice {
        ImageRecord record;  ///< of the project, or for it where it has none of this slice yet
        LabelMap labels;
    };
    using FilledSlices = std::vector<FilledSlice>;
    struct Gap;

    void copyFrom(int step);
    /// The images of the shown slice's volume, view and frame, by their index.
    std::map<int, ImageId> slicesBeside(const OpenedImage& shown) const;
    std::optional<Gap> gapAt(const OpenedImage& shown) const;
    static Result<FilledSlices> fill(const Gap& gap, const ImageMemory& memory, const std::stop_token& stop);
    void apply(const FilledSlices& filled);
    /// Fills in what has no label.
    void layUnder(const ImageId& id, const LabelMap& found);
    void sayTaken(const ImageId& id, bool isChanged);
    void complain(ErrorCode code, const OpenedImage& shown);

    CurrentProject& current_;
    ImageShelf& shelf_;
    Worker& jobs_;
    LabelReviser& reviser_;
    ChangeEvents events_;
};

}  // namespace finebrush
