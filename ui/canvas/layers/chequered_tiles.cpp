#include "ui/canvas/layers/chequered_tiles.h"

#include <QRgb>

namespace finebrush {

namespace {

constexpr int kSquare = 2;       // px of a level
constexpr int kFaintShare = 90;  // of the opacity, of 255

bool isFaint(int x, int y) {
    return (x / kSquare + y / kSquare) % 2 == 1;
}

/// A premultiplied colour with a share of its opacity.
QRgb fainter(QRgb colour) {
    const auto part = [](int channel) { return channel * kFaintShare / 255; };
    return qRgba(part(qRed(colour)), part(qGreen(colour)), part(qBlue(colour)), part(qAlpha(colour)));
}

}  // namespace

void ChequeredTiles::render(int level, const RectInImage& part, QImage& tile, QPoint offset) const {
    source_->render(level, part, tile, offset);
    for (int row = 0; row < part.height; ++row) {
        QRgb* pixel = reinterpret_cast<QRgb*>(tile.scanLine(offset.y() + row)) + offset.x();
        for (int column = 0; column < part.width; ++column, ++pixel) {
            if (isFaint(part.x + column, part.y + row)) *pixel = fainter(*pixel);
        }
    }
}

}  // namespace finebrush
