#pragma once

#include "core/session/images/opened_image.h"
#include "core/session/worker.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace finebrush {

/// What a mapping makes of an image.
struct Picture {
    DisplayMapping display;
    PixelBuffer displayed;
    ValueSummary values;
};

/// Blocks; any thread.
Picture pictureOf(const PixelBuffer& pixels, const DisplayMapping& display);

/// Makes a picture what is shown of an image.
void applyPicture(OpenedImage& image, Picture picture);

/// Draws the image on the screen in other ways, on a thread of its own. Owner's thread.
class DisplayPainter {
  public:
    using Painted = std::function<void(const std::shared_ptr<OpenedImage>&)>;

    /// `painted` is called after an image got its new picture.
    DisplayPainter(const OwnerThread::Post& post, Painted painted)
        : painted_(std::move(painted)), worker_(post) {}

    /// Wishes that are older and not yet carried out are dropped.
    void paint(const std::shared_ptr<OpenedImage>& image, const DisplayMapping& display);

  private:
    /// What was counted last: a drag of the window does not count all over again. For the worker's thread.
    struct Counted {
        std::weak_ptr<const PixelBuffer> pixels;
        std::array<int, 3> bands{};
        ValueSummary values;

        const ValueSummary& of(const std::shared_ptr<const PixelBuffer>& counted,
                               const std::array<int, 3>& countedBands);
    };

    Painted painted_;
    std::shared_ptr<Counted> counted_ = std::make_shared<Counted>();
    std::shared_ptr<std::atomic<uint64_t>> newest_ = std::make_shared<std::atomic<uint64_t>>(0);
    Worker worker_;
};

}  // namespace finebrush
