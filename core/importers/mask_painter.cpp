#include "core/importers/mask_painter.h"

#include <algorithm>
#include <utility>

namespace finebrush {

std::optional<uint8_t> MaskPainter::valueOf(const std::string& name, std::optional<Colour> colour) {
    const auto known = std::ranges::find(classes_, name, &ImportedClass::name);
    if (known != classes_.end()) return known->value;
    if (classes_.size() >= kMaxClasses) return std::nullopt;
    classes_.push_back({static_cast<uint8_t>(classes_.size()), name, colour});
    return classes_.back().value;
}

void MaskPainter::fill(const PixelRegion& region, uint8_t value) {
    for (const RectInImage& rect : region.rects()) fill(rect, value);
}

ImportedLabels MaskPainter::take(size_t target) {
    return {target, std::exchange(labels_, {}), std::exchange(classes_, {})};
}

}  // namespace finebrush
