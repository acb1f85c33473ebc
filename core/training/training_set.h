#pragma once

#include "core/base/pixel_buffer.h"
#include "core/inference/image_view.h"
#include "core/training/strokes.h"

#include <torch/torch.h>

#include <map>
#include <tuple>
#include <vector>

namespace finebrush::training {

/// One of the eight flips and turns of a square: quarter turns counter-clockwise, then a left-right flip.
struct Orientation {
    int quarterTurns = 0;
    bool flipped = false;
    auto operator<=>(const Orientation&) const = default;
};
Orientation randomOrientation(std::mt19937_64& random);

/// image [C, h, w] turned; and points [N, 2] in 0..1 turned with it.
torch::Tensor turnedImage(const torch::Tensor& image, Orientation orientation);
torch::Tensor turnedPoints(const torch::Tensor& points, Orientation orientation);
/// Undoes `turnedPoints`.
torch::Tensor uprightPoints(const torch::Tensor& points, Orientation orientation);

/// A painted image, ready to be looked at.
struct TrainingImage {
    torch::Tensor colours;  ///< [3, H, W], of `scaledColours`
    PixelSize size;
    std::vector<Stroke> strokes;
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

/// The painted images and what the frozen part of the network makes of them: everything below the first
/// adapted layer is computed once per image and orientation and kept, within a budget.
class TrainingSet {
  public:
    TrainingSet(std::vector<TrainingImage> images, const ViewPlan& plan);

    size_t size() const { return images_.size(); }
    const TrainingImage& image(size_t index) const { return images_[index]; }

    /// The frozen part of one view of an image.
    PreparedView prepared(size_t index, size_t view, Orientation orientation,
                          const peft::AdaptedSam& network);

    /// At most `side` px around a point (in 0..1 of the turned view), not kept. The crop's corner lies on a
    /// corner of the attention's windows, so that they see there what they would see in the whole.
    ViewCrop crop(size_t index, size_t view, Orientation orientation, double x, double y, int side,
                  const peft::AdaptedSam& network) const;

  private:
    torch::Tensor viewImage(size_t index, size_t view, Orientation orientation) const;

    std::vector<TrainingImage> images_;
    ViewPlan plan_;
    std::map<std::tuple<size_t, size_t, Orientation>, PreparedView> kept_;
    int64_t keptBytes_ = 0;
};

}  // namespace finebrush::training
