#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/inference/segmentation_model.h"

#include <cstdint>
#include <functional>

namespace finebrush {

/// How an image is cut that is too large to be predicted at once. px.
struct WindowLayout {
    int side = 1024;    ///< of a window
    int overlap = 192;  ///< of neighbours, at least
    /// In the middle of what two windows share, so far from the borders of both, one passes into the other.
    int blend = 64;
    /// For the probabilities that wait for the row of windows below; where it is not enough, `blend` shrinks.
    uint64_t waitingBytes = uint64_t{256} << 20;
};

/// The pixels of a window.
using ReadWindow = std::function<Result<PixelBuffer>(const RectInImage& window)>;
/// Takes whole rows of the image, from top to bottom.
using TakeRows = std::function<Result<void>(const ClassPrediction& rows)>;

/// Predicts an image window by window, without seams. The memory that this takes does not grow with the
/// height of the image. False where the monitor asked to stop. Errors: those of `read` and `take`.
Result<bool> predictByWindows(SegmentationModel& model, PixelSize image, const WindowLayout& layout,
                              Care care, const ReadWindow& read, const TakeRows& take, WorkMonitor& monitor);

}  // namespace finebrush
