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

bool fillAllowed(LabelMap& map, const RectInImage& rect, uint8_t value, const PaintRule& rule) {
    if (rule.allowsEverything()) {
        map.fill(rect, value);
        return false;
    }
    bool isHeldBack = false;
    const RectInImage inside = rect.intersected(RectInImage::ofSize(map.size()));
    std::vector<uint8_t> row(static_cast<size_t>(inside.width));
    std::vector<uint8_t> allowed(rule.mask() ? row.size() : 0);
    for (int y = inside.y; y < inside.bottom(); ++y) {
        const RectInImage line{inside.x, y, inside.width, 1};
        map.read(line, row);
        if (rule.mask()) rule.mask()->read(line.x, line.y, allowed);
        bool changed = false;
        for (size_t i = 0; i < row.size(); ++i) {
            if (row[i] == value || !rule.allows(row[i], value)) continue;
            if (rule.mask() && !allowed[i]) {
                isHeldBack = true;
                continue;
            }
            row[i] = value;
            changed = true;
        }
        if (changed) map.write(line, row);
    }
    return isHeldBack;
}

LabelPatch fillPatch(const LabelMap& labels, const PixelRegion& region, uint8_t value,
                     const PaintRule& rule) {
    LabelMap after = labels;
    for (const RectInImage& rect : region.rects()) fillAllowed(after, rect, value, rule);
    return LabelPatch::between(labels, after,
                               region.bounds().intersected(RectInImage::ofSize(labels.size())));
}

PixelRegion changedRegion(const LabelPatch& patch) {
    PixelRegion region;
    for (const RectInImage& rect : patch.changedRects()) region.add(rect);
    return region;
}

}  // namespace finebrush
