#pragma once

#include "core/base/pixel_buffer.h"
#include "core/inference/image_view.h"
#include "core/training/preview/variation.h"
#include "core/training/strokes.h"

#include <torch/torch.h>

#include <map>
#include <tuple>
#include <vector>

namespace finebrush::training {

/// A painted image, ready to be looked at.
struct TrainingImage {
    torch::Tensor colours;  ///< [3, H, W], of `scaledColours`
    PixelSize size;
    std::vector<Stroke> strokes;
    InputRange range = {};  ///< that the colours are scaled by, as `appliedRange`
};

/// A part of a view, in 0..1 of the view.
struct ViewCrop {
    PreparedView prepared;
    double left = 0;
    double top = 0;
    double width = 1;
    double height = 1;

    /// Points [N, 2] of the view → of the crop; those outside leave 0..1.
    torch::Tensor toCrop(const torch::Tensor& pointsInView) const;
    torch::Tensor toView(const torch::Tensor& pointsInCrop) const;
};

/// The painted images and what the frozen part of the network makes of them (`peft::AdaptedSam::frozenPart`),
/// which is computed once per image and variation and kept, within a budget.
class TrainingSet {
  public:
    TrainingSet(std::vector<TrainingImage> images, const ViewPlan& plan);

    size_t size() const { return images_.size(); }
    const TrainingImage& image(size_t index) const { return images_[index]; }

    /// The frozen part of one view of an image.
    PreparedView prepared(size_t index, size_t view, Variation variation, const peft::AdaptedSam& network);

    /// At most `side` px around a point (in 0..1 of the turned view), not kept. The crop's corner lies on a
    /// corner of the attention's windows, so that they see there what they would see in the whole, unless
    /// such corners lie further apart than half of the crop.
    ViewCrop crop(size_t index, size_t view, Variation variation, double x, double y, int side,
                  const peft::AdaptedSam& network) const;

  private:
    torch::Tensor viewImage(size_t index, size_t view, Variation variation) const;

    std::vector<TrainingImage> images_;
    ViewPlan plan_;
    std::map<std::tuple<size_t, size_t, Variation>, PreparedView> kept_;
    int64_t keptBytes_ = 0;
};

}  // namespace finebrush::training
