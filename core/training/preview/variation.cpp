#include "core/training/preview/variation.h"

#include "core/training/strokes.h"

#include <cmath>
#include <random>
#include <vector>

namespace finebrush::training {

namespace {

// Logarithms of the largest changes. A cast of the size of those between two stains or two cameras.
constexpr double kExposure = 0.5;
constexpr double kBandExponent = 0.3;
constexpr double kBandGain = 0.25;

/// exp of a uniform number between ±limit.
double factor(std::mt19937_64& random, double limit) {
    return std::exp(limit * (2 * unitRandom(random) - 1));
}

bool isGrey(const torch::Tensor& image) {
    return torch::equal(image[0], image[1]) && torch::equal(image[0], image[2]);
}

}  // namespace

torch::Tensor turnedImage(const torch::Tensor& image, Orientation orientation) {
    const torch::Tensor turned = torch::rot90(image, orientation.quarterTurns, {1, 2});
    return (orientation.flipped ? turned.flip({2}) : turned).contiguous();
}

torch::Tensor turnedPoints(const torch::Tensor& points, Orientation orientation) {
    torch::Tensor x = points.select(1, 0);
    torch::Tensor y = points.select(1, 1);
    for (int i = 0; i < orientation.quarterTurns; ++i) {
        const torch::Tensor oldX = x;
        x = y;
        y = 1 - oldX;
    }
    if (orientation.flipped) x = 1 - x;
    return torch::stack({x, y}, 1);
}

torch::Tensor uprightPoints(const torch::Tensor& points, Orientation orientation) {
    const torch::Tensor unflipped = turnedPoints(points, {0, orientation.flipped});
    return turnedPoints(unflipped, {(4 - orientation.quarterTurns) % 4, false});
}

torch::Tensor inLight(const torch::Tensor& image, const Light& light) {
    const bool grey = isGrey(image);
    std::vector<torch::Tensor> bands;
    for (size_t band = 0; band < 3; ++band) {
        const size_t as = grey ? 0 : band;
        bands.push_back(image[static_cast<int64_t>(band)].pow(light.exponent[as]) * light.gain[as]);
    }
    const torch::Tensor lit = torch::stack(bands);
    const torch::Tensor low = lit.min();
    return (lit - low) / (lit.max() - low).clamp_min(1e-9);
}

Light Variation::light(size_t image) const {
    Light light;
    if (number == 0 || !relit) return light;
    std::mt19937_64 random(image * kVariations + static_cast<size_t>(number));
    const double exposure = factor(random, kExposure);
    for (size_t band = 0; band < 3; ++band) {
        light.exponent[band] = exposure * factor(random, kBandExponent);
        light.gain[band] = factor(random, kBandGain);
    }
    return light;
}

}  // namespace finebrush::training
