#pragma once

#include "core/labels/superpixels.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace finebrush {

/// Cuts what a person sees of the shown image into superpixels, on a thread of its own. Owner's thread; never
/// blocks.
class SuperpixelMaker {
  public:
    /// No part is cut whose sides are longer, in px.
    static constexpr int kMaxSide = 1024;

    SuperpixelMaker(OwnerThread::Post post, std::function<std::shared_ptr<const OpenedImage>()> shown,
                    std::function<void(const SessionEvent&)> observer)
        : shown_(std::move(shown)), emit_(std::move(observer)), worker_(std::move(post)) {}

    /// Wants superpixels of this side (px along their shorter side) for what is seen, with some room around
    /// it; where that is too large, for what lies around a point. Of several wishes the newest counts, and
    /// one that is met already costs nothing. Ends in SuperpixelsChanged.
    void want(const RectInImage& visible, PointInImage around, int side);
    /// Whether a wish is being carried out.
    bool isWorking() const { return wanted_.has_value(); }
    /// The newest ones that fit the image on the screen and how it is shown; null: there are none yet.
    std::shared_ptr<const Superpixels> current() const;

  private:
    /// What superpixels are made of.
    struct Source {
        std::weak_ptr<const OpenedImage> image;
        DisplayMapping display;
        int side = 0;
        RectInImage rect;
    };
    bool isOf(const Source& source, const std::shared_ptr<const OpenedImage>& image) const;

    std::function<std::shared_ptr<const OpenedImage>()> shown_;
    std::function<void(const SessionEvent&)> emit_;
    std::optional<Source> wanted_;
    Source made_;
    std::shared_ptr<const Superpixels> superpixels_;
    std::shared_ptr<std::atomic<uint64_t>> newest_ = std::make_shared<std::atomic<uint64_t>>(0);
    Worker worker_;
};

}  // namespace finebrush
