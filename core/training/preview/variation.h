#pragma once

#include <torch/torch.h>

#include <array>
#include <compare>
#include <cstddef>

namespace finebrush::training {

/// One of the eight flips and turns of a square: quarter turns counter-clockwise, then a left-right flip.
struct Orientation {
    int quarterTurns = 0;
    bool flipped = false;
    auto operator<=>(const Orientation&) const = default;
};

/// image [C, h, w] turned; and points [N, 2] in 0..1 turned with it.
torch::Tensor turnedImage(const torch::Tensor& image, Orientation orientation);
torch::Tensor turnedPoints(const torch::Tensor& points, Orientation orientation);
/// Undoes `turnedPoints`.
torch::Tensor uprightPoints(const torch::Tensor& points, Orientation orientation);

/// A change of exposure, contrast and colour cast: each band b becomes gain_b · b^exponent_b.
struct Light {
    std::array<double, 3> exponent = {1, 1, 1};
    std::array<double, 3> gain = {1, 1, 1};
};

/// image [3, h, w] float32 in 0..1 as it looks in a light, scaled so that its values lie in 0..1 again. In a
/// grey image all bands change as the first one does.
torch::Tensor inLight(const torch::Tensor& image, const Light& light);

/// One of the ways in which a training image is shown, so that neither its orientation nor its light is
/// learned by heart. Number 0 is the image as it is. Each other number is another orientation and, where it
/// is relit, a light that is drawn for this image and number alone.
struct Variation {
    int number = 0;
    bool relit = false;
    auto operator<=>(const Variation&) const = default;

    Orientation orientation() const { return {number % 4, number >= 4}; }
    /// `image` is its place in the training set.
    Light light(size_t image) const;
};
constexpr int kVariations = 8;

}  // namespace finebrush::training
