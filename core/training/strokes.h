#pragma once

#include "core/base/pixel_buffer.h"
#include "core/messages/messages.h"

#include <torch/torch.h>

#include <cstdint>
#include <random>
#include <vector>

namespace finebrush::training {

/// Painted pixels of one stroke: a connected patch of one class (8 neighbours).
struct Stroke {
    int64_t classIndex = 0;       ///< place in the request's class list
    std::vector<int64_t> pixels;  ///< y · width + x, ascending
};

/// Points of an image with their classes.
struct LabelledPoints {
    torch::Tensor points;   ///< [N, 2] float: x and y in 0..1 of the image
    torch::Tensor labels;   ///< [N] int64: place in the class list
    torch::Tensor strokes;  ///< [N] int64: place of the stroke in the list that was drawn from
};

/// The strokes of an image, class by class. Label values that are no class are left out.
std::vector<Stroke> strokesOf(const IndexMask& labels, const std::vector<messages::ClassInfo>& classes);

/// Whether the strokes of an image leave none of its pixels unlabelled.
bool isWhollyPainted(const std::vector<Stroke>& strokes, PixelSize size);

/// At most `perClass` pixels a class, drawn without replacement.
LabelledPoints drawPoints(const std::vector<Stroke>& strokes, PixelSize size, int64_t perClass,
                          std::mt19937_64& random);

/// A number in [0, 1) with 53 random bits; std::uniform_real_distribution may differ between libraries.
double unitRandom(std::mt19937_64& random);

/// [count, 2] float, uniform over an image.
torch::Tensor uniformPoints(int64_t count, std::mt19937_64& random);

/// Which strokes of each image are kept from training, to judge the result by.
struct StrokeSplit {
    std::vector<std::vector<Stroke>> training;  ///< per image
    std::vector<std::vector<Stroke>> heldOut;   ///< per image; empty where a class could not spare one
    std::vector<std::vector<bool>> isHeldOut;   ///< per image and stroke of those that were split
};

/// Holds out whole strokes, never single pixels (neighbours of a training pixel would flatter the result):
/// about `share` of each class's strokes over all images, and only of classes with strokes to spare.
StrokeSplit splitStrokes(const std::vector<std::vector<Stroke>>& strokes, int64_t classes, double share,
                         std::mt19937_64& random);

/// Fisher and Yates' shuffle; std::shuffle may differ between libraries.
template <typename T>
void shuffle(std::vector<T>& items, std::mt19937_64& random) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random() % i]);
}

}  // namespace finebrush::training
