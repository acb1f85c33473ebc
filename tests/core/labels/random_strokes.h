#pragma once

#include "core/labels/brush_stroke.h"

#include <random>

namespace finebrush::testing {

/// Paints one random drag of up to eight points that may leave the image, and gives its patch.
inline LabelPatch paintRandomStroke(LabelMap& map, std::mt19937& random) {
    std::uniform_real_distribution<double> x(-30.0, map.size().width + 30.0);
    std::uniform_real_distribution<double> y(-30.0, map.size().height + 30.0);
    std::uniform_int_distribution<int> value(0, 4);
    std::uniform_real_distribution<double> diameter(1.0, 60.0);
    std::uniform_int_distribution<int> points(1, 8);

    const int drawn = value(random);
    BrushStroke stroke(map, drawn == 4 ? kUnlabelled : static_cast<uint8_t>(drawn), diameter(random));
    for (int count = points(random); count > 0; --count) stroke.extendTo({x(random), y(random)});
    return stroke.finish();
}

}  // namespace finebrush::testing
