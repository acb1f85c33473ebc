#include "core/labels/pixel_region.h"

namespace finebrush {

PixelRegion PixelRegion::ofRect(const RectInImage& rect, PixelSize image) {
    PixelRegion region;
    region.add(rect.intersected(RectInImage::ofSize(image)));
    return region;
}

void PixelRegion::add(const RectInImage& rect) {
    if (rect.isEmpty()) return;
    rects_.push_back(rect);
    bounds_ = bounds_.united(rect);
}

void PixelRegion::addRow(int x, int y, std::span<const uint8_t> mask) {
    const int width = static_cast<int>(mask.size());
    for (int first = 0; first < width;) {
        if (!mask[static_cast<size_t>(first)]) {
            ++first;
            continue;
        }
        int end = first + 1;
        while (end < width && mask[static_cast<size_t>(end)]) ++end;
        add({x + first, y, end - first, 1});
        first = end;
    }
}

int64_t PixelRegion::area() const {
    int64_t area = 0;
    for (const RectInImage& rect : rects_) area += rect.area();
    return area;
}

void fillAllowed(LabelMap& map, const RectInImage& rect, uint8_t value, const PaintRule& rule) {
    if (rule.allowsEverything()) {
        map.fill(rect, value);
        return;
    }
    const RectInImage inside = rect.intersected(RectInImage::ofSize(map.size()));
    std::vector<uint8_t> row(static_cast<size_t>(inside.width));
    for (int y = inside.y; y < inside.bottom(); ++y) {
        const RectInImage line{inside.x, y, inside.width, 1};
        map.read(line, row);
        bool changed = false;
        for (uint8_t& current : row) {
            if (current == value || !rule.allows(current, value)) continue;
            current = value;
            changed = true;
        }
        if (changed) map.write(line, row);
    }
}

LabelPatch fillPatch(const LabelMap& labels, const PixelRegion& region, uint8_t value,
                     const PaintRule& rule) {
    LabelMap after = labels;
    for (const RectInImage& rect : region.rects()) fillAllowed(after, rect, value, rule);
    return LabelPatch::between(labels, after,
                               region.bounds().intersected(RectInImage::ofSize(labels.size())));
}

}  // namespace finebrush
