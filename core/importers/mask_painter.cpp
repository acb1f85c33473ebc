#include "core/importers/mask_painter.h"

#include <algorithm>
#include <utility>

namespace finebrush {

MaskPainter::MaskPainter(PixelSize size)
    : mask_{size, std::vector<uint8_t>(static_cast<size_t>(size.area()), kUnlabelled)} {}

std::optional<uint8_t> MaskPainter::valueOf(const std::string& name, std::optional<Colour> colour) {
    const auto known = std::ranges::find(classes_, name, &ImportedClass::name);
    if (known != classes_.end()) return known->value;
    if (classes_.size() >= ClassTable::kMaxClasses) return std::nullopt;
    classes_.push_back({static_cast<uint8_t>(classes_.size()), name, colour});
    return classes_.back().value;
}

void MaskPainter::fill(const PixelRegion& region, uint8_t value) {
    for (const RectInImage& rect : region.rects()) {
        for (int y = rect.y; y < rect.bottom(); ++y) {
            auto* row = mask_.values.data() + static_cast<size_t>(y) * static_cast<size_t>(mask_.size.width);
            std::fill(row + rect.x, row + rect.right(), value);
        }
    }
}

ImportedLabels MaskPainter::take(size_t target) {
    return {target, LabelMap::fromMask(std::exchange(mask_, {})), std::exchange(classes_, {})};
}

}  // namespace finebrush
