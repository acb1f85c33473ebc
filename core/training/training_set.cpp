#include "core/training/training_set.h"

#include "core/inference/network_input.h"
#include "core/sam/encoder_geometry.h"

#include <algorithm>
#include <cmath>

namespace finebrush::training {

namespace {

constexpr int64_t kKeptBytes = int64_t{3} << 30;

/// Where a crop of `side` px around a centre in 0..1 begins: on a multiple of `grid` px, unless the centre
/// could fall out of it then.
int alignedStart(double centre, int length, int side, int grid) {
    if (length <= side) return 0;
    const int wanted = static_cast<int>(std::lround(centre * length)) - side / 2;
    const int start = std::clamp(wanted, 0, length - side);
    return 2 * grid <= side ? start / grid * grid : start;
}

}  // namespace

TrainingSet::TrainingSet(std::vector<TrainingImage> images, const ViewPlan& plan)
    : images_(std::move(images)), plan_(plan) {}

PreparedView TrainingSet::prepared(size_t index, size_t view, Variation variation,
                                   const peft::AdaptedSam& network) {
    const auto key = std::tuple(index, view, variation);
    if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
    const PreparedView fresh = prepareView(plan_.views[view], viewImage(index, view, variation), network);
    const auto bytes = static_cast<int64_t>(fresh.frozen.nbytes());
    // Of the finer views, training sees crops; only the teacher asks for the upright whole again.
    const bool isAskedAgain = view == 0 || variation.number == 0;
    if (isAskedAgain && keptBytes_ + bytes <= kKeptBytes) {
        kept_.emplace(key, fresh);
        keptBytes_ += bytes;
    }
    return fresh;
}

torch::Tensor ViewCrop::toCrop(const torch::Tensor& pointsInView) const {
    return (pointsInView - torch::tensor({left, top}, torch::kFloat32)) /
           torch::tensor({width, height}, torch::kFloat32);
}

torch::Tensor ViewCrop::toView(const torch::Tensor& pointsInCrop) const {
    return pointsInCrop * torch::tensor({width, height}, torch::kFloat32) +
           torch::tensor({left, top}, torch::kFloat32);
}

torch::Tensor TrainingSet::viewImage(size_t index, size_t view, Variation variation) const {
    const TrainingImage& image = images_[index];
    const PixelSize size = plan_.sizeOf(plan_.views[view], image.size);
    const torch::Tensor upright = networkInput(image.colours, size, image.range);
    if (variation.number == 0) return upright;
    const torch::Tensor lit = variation.relit ? inLight(upright, variation.light(index)) : upright;
    return turnedImage(lit, variation.orientation());
}

ViewCrop TrainingSet::crop(size_t index, size_t view, Variation variation, double x, double y, int side,
                           const peft::AdaptedSam& network) const {
    const torch::Tensor image = viewImage(index, view, variation);
    const PixelSize size{static_cast<int>(image.size(2)), static_cast<int>(image.size(1))};
    const auto grid = static_cast<int>(sam::geometryOf(network.base()->description.encoder).windowGrid);
    const int left = alignedStart(x, size.width, side, grid);
    const int top = alignedStart(y, size.height, side, grid);
    const PixelSize part{std::min(side, size.width - left), std::min(side, size.height - top)};
    const torch::Tensor cut =
        image.slice(1, top, top + part.height).slice(2, left, left + part.width).contiguous();
    return {prepareView(plan_.views[view], cut, network), double(left) / size.width,
            double(top) / size.height, double(part.width) / size.width, double(part.height) / size.height};
}

}  // namespace finebrush::training
