#include "ui/canvas/layers/chequered_tiles.h"

#include "ui/canvas/layers/faded.h"

namespace finebrush {

namespace {

constexpr int kSquare = 2;       // px of a level
constexpr int kFaintShare = 90;  // of the opacity, of 255

bool isFaint(int x, int y) {
    return (x / kSquare + y / kSquare) % 2 == 1;
}

}  // namespace

void ChequeredTiles::render(int level, const RectInImage& part, QImage& tile, QPoint offset) const {
    source_->render(level, part, tile, offset);
    for (int row = 0; row < part.height; ++row) {
        QRgb* pixel = reinterpret_cast<QRgb*>(tile.scanLine(offset.y() + row)) + offset.x();
        for (int column = 0; column < part.width; ++column, ++pixel) {
            if (isFaint(part.x + column, part.y + row)) *pixel = faded(*pixel, kFaintShare);
        }
    }
}

}  // namespace finebrush
