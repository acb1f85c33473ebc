#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/inference/work_monitor.h"
#include "core/messages/input_range.h"
#include "core/messages/messages.h"
#include "core/sam/sam.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace finebrush {

/// Predicted classes of an image.
struct ClassPrediction {
    IndexMask mask;                   ///< class values
    std::vector<uint8_t> confidence;  ///< probability of the chosen class in 1/255, row-major
};

/// How often an image is looked at. Thorough: in its four flips (left-right, up-down, both), whose logits are
/// averaged; a little better, for four times the time (tests/bench/results.md).
enum class Care { Quick, Thorough };

/// The looks that it takes: of each, the sides of [.., H, W] that are turned round, counted from the last.
std::vector<std::vector<int64_t>> flipsOf(Care care);

/// All that turns an image into classes. Used by one thread; the base network is lent to it.
class SegmentationModel {
  public:
    virtual ~SegmentationModel() = default;

    virtual const std::vector<messages::ClassInfo>& classes() const = 0;

    /// What the network gets of raw values. Of `Displayed`, pixels must be 8-bit RGB as an image is shown.
    virtual const InputRange& inputRange() const = 0;
    virtual void setInputRange(const InputRange& range) = 0;

    /// Probabilities [K, H, W] float at the image's own resolution, class k being classes()[k]; empty where
    /// the monitor asked to stop.
    virtual torch::Tensor probabilities(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) = 0;

    /// The adapter's files, from which `loadModel` makes the same model again.
    virtual messages::AdapterFiles toFiles() const = 0;

    /// As `probabilities`, but 0 for all classes where no band that is looked at holds a measurement.
    torch::Tensor measuredProbabilities(const PixelBuffer& pixels, Care care, WorkMonitor& monitor);

    /// The most probable class of every pixel, none where nothing was measured; empty mask where the monitor
    /// asked to stop.
    ClassPrediction predict(const PixelBuffer& pixels, Care care, WorkMonitor& monitor);
};

}  // namespace finebrush
