#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <stop_token>

namespace finebrush {

/// Which pixels of an image edits by hand may change for what the image holds there. Any thread.
class PaintMask {
  public:
    virtual ~PaintMask() = default;

    /// Tells of each pixel of a row, from (x, y) on, whether it may be changed (else 0). Does not block: what
    /// has yet to be read may be.
    virtual void read(int x, int y, std::span<uint8_t> allowed) = 0;
    /// True where nothing has to be read from the disk.
    virtual bool isInMemory() const = 0;
    /// True where `read` lacks nothing of a rectangle, or can soon have what it lacks. Does not block.
    virtual bool isReady(const RectInImage& rect) = 0;
    /// Reads what `read` lacks of rectangles; unfinished where it is asked to stop. Blocks. Errors: those of
    /// reading the image.
    virtual Result<void> prepare(std::span<const RectInImage> rects, const std::stop_token& stop) = 0;
};

}  // namespace finebrush
