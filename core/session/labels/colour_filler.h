#pragma once

#include "core/project/edits/edit_plan.h"
#include "core/session/current_project.h"
#include "core/session/labels/colour_fill.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace finebrush {

/// Finds what fills by colour fill, on a thread of its own, and opens it as a fill that is not finished; what
/// is little is done at once. Owner's thread; never blocks for long.
class ColourFiller {
  public:
    /// Of a large image no part is looked at whose sides are longer, in px.
    static constexpr int kMaxSide = 4096;

    ColourFiller(const OwnerThread::Post& post, std::function<std::shared_ptr<const OpenedImage>()> shown,
                 CurrentProject& current, std::function<void(const SessionEvent&)> emit)
        : shown_(std::move(shown)), current_(current), emit_(std::move(emit)), worker_(post) {}

    /// Of several wishes the newest counts. Ends in LabelsChanged or Notice.
    void want(const ColourFill& fill, const PaintRule& rule);
    /// Forgets a wish that is not seen yet.
    void drop();
    /// The same, and gives its plan, to be carried out whatever is wished for next.
    std::optional<std::function<std::optional<EditPlan>()>> take();
    /// Another image is on the screen.
    void forget();

  private:
    /// The pixels of a part of a large image, read when they are asked for first.
    class Window;
    struct Pending {
        ImageId image;
        RegionEdit edit;
    };

    RegionEdit editFor(const ColourFill& fill, const PaintRule& rule);
    void show(const ImageId& image, const Result<std::shared_ptr<const LabelRevision>>& found);

    std::function<std::shared_ptr<const OpenedImage>()> shown_;
    CurrentProject& current_;
    std::function<void(const SessionEvent&)> emit_;
    std::optional<Pending> pending_;
    std::shared_ptr<Window> window_;  ///< that was looked at last
    std::shared_ptr<std::atomic<uint64_t>> newest_ = std::make_shared<std::atomic<uint64_t>>(0);
    Worker worker_;
};

}  // namespace finebrush
