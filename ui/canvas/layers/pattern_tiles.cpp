#include "ui/canvas/layers/pattern_tiles.h"

#include "ui/canvas/layers/faded.h"

namespace finebrush {

namespace {

constexpr int kPeriod = 8;  // px of a level from line to line
constexpr int kLine = 3;
constexpr int kGroundShare = 80;  // of the opacity between the lines, of 255

bool isWithinLine(int place) {
    return (place % kPeriod + kPeriod) % kPeriod < kLine;
}

bool isOnPattern(int pattern, int x, int y) {
    switch (pattern) {
        case 0:
            return isWithinLine(x + y);
        case 1:
            return isWithinLine(x - y);
        case 2:
            return isWithinLine(y);
        case 3:
            return isWithinLine(x);
        case 4:
            return isWithinLine(x + y) || isWithinLine(x - y);
        default:
            return isWithinLine(x) && isWithinLine(y);
    }
}

}  // namespace

const OverlayPalette& PatternTiles::valuePalette() {
    static const OverlayPalette palette = [] {
        OverlayPalette colours{};
        for (int value = 0; value < 255; ++value) colours[static_cast<size_t>(value)] = qRgb(value, 0, 0);
        return colours;
    }();
    return palette;
}

void PatternTiles::render(int level, const RectInImage& part, QImage& tile, QPoint offset) const {
    values_.render(level, part, tile, offset);
    for (int row = 0; row < part.height; ++row) {
        QRgb* pixel = reinterpret_cast<QRgb*>(tile.scanLine(offset.y() + row)) + offset.x();
        for (int column = 0; column < part.width; ++column, ++pixel) {
            if (qAlpha(*pixel) == 0) continue;
            const int value = qRed(*pixel);
            const QRgb colour = palette_[static_cast<size_t>(value)];
            const bool isLine = isOnPattern(value % kPatternCount, part.x + column, part.y + row);
            *pixel = isLine ? colour : faded(colour, kGroundShare);
        }
    }
}

}  // namespace finebrush
