#pragma once

#include "core/exporters/coco_exporter.h"
#include "core/labels/class_table.h"
#include "tests/core/image/image_fixtures.h"

#include <string>
#include <utility>

namespace finebrush::testing {

/// "background" at 0 in (10, 20, 30) and "cell" at 5 in (200, 100, 0).
inline ClassTable twoClasses() {
    ClassTable classes;
    classes.insert(0, {newClassId(), "background", {10, 20, 30}, 0});
    classes.insert(1, {newClassId(), "cell", {200, 100, 0}, 5});
    return classes;
}

inline CocoImage cocoImage(std::string fileName, const IndexMask& mask) {
    return {std::move(fileName), [mask] { return LabelMap::fromMask(mask); }};
}

/// Overlapping rectangles of background, cell and unlabelled pixels: regions with holes, in holes, and of one
/// pixel.
inline IndexMask nestedMask(PixelSize size, uint32_t seed) {
    constexpr uint8_t kValues[] = {0, 5, kUnlabelled};
    std::mt19937 generator(seed);
    const auto below = [&](int limit) { return std::uniform_int_distribution(0, limit - 1)(generator); };
    IndexMask mask{size, std::vector<uint8_t>(static_cast<size_t>(size.area()), kUnlabelled)};
    for (int i = 0; i < 40; ++i) {
        const RectInImage drawn{below(size.width), below(size.height), 1 + below(size.width / 2),
                                1 + below(size.height / 2)};
        const RectInImage rect = drawn.intersected(RectInImage::ofSize(size));
        const uint8_t value = kValues[below(3)];
        for (int y = rect.y; y < rect.bottom(); ++y) {
            for (int x = rect.x; x < rect.right(); ++x)
                mask.values[static_cast<size_t>(y * size.width + x)] = value;
        }
    }
    return mask;
}

}  // namespace finebrush::testing
