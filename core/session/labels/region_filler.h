#pragma once

#include "core/project/edits/edit_plan.h"
#include "core/session/current_project.h"
#include "core/session/labels/region_fill.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace finebrush {

/// Finds regions of the shown image that are filled, on a thread of its own, and opens each as a fill that is
/// not finished; what is little is done at once. Owner's thread; never blocks for long.
class RegionFiller {
  public:
    /// Of a large image no part is looked at whose sides are longer, in px.
    static constexpr int kMaxSide = 4096;
    /// Plans a fill for the labels as they are then. Nothing: its image or its class is gone.
    using MakePlan = std::function<std::optional<EditPlan>()>;

    RegionFiller(const OwnerThread::Post& post, std::function<std::shared_ptr<const OpenedImage>()> shown,
                 CurrentProject& current, std::function<void(const SessionEvent&)> emit)
        : shown_(std::move(shown)), current_(current), emit_(std::move(emit)), worker_(post) {}

    /// Of several wishes the newest counts. Ends in LabelsChanged or Notice.
    void want(const RegionFill& fill, const PaintRule& rule);
    /// The same with what is little; of anything else only the plan, to be carried out whatever is wished for
    /// next.
    std::optional<MakePlan> openOrPlan(const RegionFill& fill, const PaintRule& rule);
    /// Plans an edit that gives a value to a region, for as long as there are its image and its class.
    MakePlan planOf(const ImageId& image, const RegionEdit& edit) const;
    /// Forgets a wish that is not seen yet.
    void drop();
    /// The same, and gives its plan.
    std::optional<MakePlan> take();
    /// Another image is on the screen.
    void forget();

  private:
    using Found = std::shared_ptr<const LabelRevision>;
    /// The pixels of a part of a large image, read when they are asked for first.
    class Window;
    struct Pending {
        ImageId image;
        RegionEdit edit;
    };

    /// Takes a wish over in place of the one before; what is little is opened.
    void begin(const RegionFill& fill, const PaintRule& rule);
    RegionEdit editOf(const RegionFill& fill, const OpenedImage& image);
    RegionEdit editOfColours(const SimilarColours& colours, const OpenedImage& image,
                             const RectInImage& seen);
    /// What works the pending wish out; it blocks, and may run on any thread.
    std::function<Result<Found>(const std::stop_token&)> finder() const;
    void show(const Result<Found>& found);

    std::function<std::shared_ptr<const OpenedImage>()> shown_;
    CurrentProject& current_;
    std::function<void(const SessionEvent&)> emit_;
    std::optional<Pending> pending_;
    std::shared_ptr<Window> window_;  ///< that was looked at last
    std::shared_ptr<std::atomic<uint64_t>> newest_ = std::make_shared<std::atomic<uint64_t>>(0);
    Worker worker_;
};

}  // namespace finebrush
