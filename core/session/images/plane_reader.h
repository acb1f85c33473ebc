#pragma once

#include "core/session/current_project.h"
#include "core/session/images/image_shelf.h"
#include "core/session/session_events.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace finebrush {

/// Reads the slices that are looked at beside the one on the screen, with their labels. They are drawn as
/// that one is, and become no images of the project. Works on the thread of the shelf, so that no volume is
/// decoded twice at a time; what is not wanted any more is dropped. Owner's thread; never blocks.
class PlaneReader {
  public:
    PlaneReader(CurrentProject& current, ImageShelf& shelf, std::function<void(const SessionEvent&)> emit)
        : current_(current), shelf_(shelf), emit_(std::move(emit)) {}

    /// As `Session::wantPlanes`.
    void want(const std::vector<SliceAddress>& slices);
    /// Gathers the labels anew: some have changed, or slices have come, gone or moved.
    void refreshLabels();
    /// Another project is opened.
    void forget() { planes_.clear(); }

  private:
    struct Plane;
    struct Content;

    void begin(const std::shared_ptr<Plane>& plane);
    void end(Plane& plane, const Result<Content>& content);
    /// What the slice itself is labelled with.
    std::shared_ptr<const LabelMap> ownLabels(const Plane& plane) const;

    CurrentProject& current_;
    ImageShelf& shelf_;
    std::function<void(const SessionEvent&)> emit_;
    std::vector<std::shared_ptr<Plane>> planes_;  ///< those that are wanted, alone held here
};

}  // namespace finebrush
