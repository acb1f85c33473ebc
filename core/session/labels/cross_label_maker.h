#pragma once

#include "core/labels/label_map.h"
#include "core/session/current_project.h"
#include "core/session/images/image_shelf.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace finebrush {

/// Keeps the labels of the other views for the slice on the screen (`crossLabels`), worked out on a thread of
/// its own. Owner's thread; never blocks.
class CrossLabelMaker {
  public:
    CrossLabelMaker(const OwnerThread::Post& post, CurrentProject& current, const ImageShelf& shelf,
                    std::function<void(const SessionEvent&)> emit)
        : current_(current), shelf_(shelf), emit_(std::move(emit)), owner_(post), worker_(post) {}

    /// Works them out anew, soon: another image is shown, or slices have come, gone or moved. Of several
    /// calls the newest counts. Ends in CrossLabelsChanged.
    void refresh();
    /// The same, where labels of slices that cross the one on the screen have changed.
    void follow(const ProjectEffect& effect);
    /// Another project is opened.
    void forget();
    /// The newest ones of the slice on the screen; null: there are none, or none yet.
    std::shared_ptr<const LabelMap> current() const;

  private:
    /// Null: none.
    using Labels = std::shared_ptr<const LabelMap>;

    void begin();
    void keep(const ImageId& image, const Labels& labels);

    CurrentProject& current_;
    const ImageShelf& shelf_;
    std::function<void(const SessionEvent&)> emit_;
    ImageId image_;  ///< that the labels are for
    Labels labels_;
    bool isPosted_ = false;
    std::shared_ptr<std::atomic<uint64_t>> newest_ = std::make_shared<std::atomic<uint64_t>>(0);
    OwnerThread owner_;
    Worker worker_;
};

}  // namespace finebrush
