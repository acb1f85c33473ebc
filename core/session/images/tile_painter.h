#pragma once

#include "core/base/tile_grid.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace finebrush {

/// Decodes and paints the tiles of the large image on the screen, and decodes what lies around them while
/// there is nothing else to do; on threads of its own. Owner's thread.
class TilePainter {
  public:
    using Emit = std::function<void(const SessionEvent&)>;

    TilePainter(const OwnerThread::Post& post, Emit emit);
    ~TilePainter();

    /// The tiles that are wanted from now on, most wanted first; those of before that are not begun are
    /// forgotten. Does nothing for an image that is not large.
    void want(const std::shared_ptr<const OpenedImage>& image, std::vector<TileAddress> tiles);
    /// As `Session::pixelAt`.
    std::optional<PixelBuffer> pixelAt(const std::shared_ptr<const OpenedImage>& image, int x, int y);

  private:
    static constexpr size_t kThreads = 2;
    struct Wishes;
    struct Painted;

    void setImage(const OpenedImage& image);
    /// Wakes the threads that rest.
    void start();
    void deliver(const Painted& painted);

    Emit emit_;
    std::shared_ptr<Wishes> wishes_;  ///< shared with the threads
    bool isDamageTold_ = false;       ///< of the image of now
    OwnerThread owner_;
    std::array<bool, kThreads> isBusy_{};
    std::array<std::unique_ptr<Worker>, kThreads> workers_;
};

}  // namespace finebrush
