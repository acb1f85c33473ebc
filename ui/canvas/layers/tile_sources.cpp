#include "ui/canvas/layers/tile_sources.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kMaxSamplesPerSide = 4;

/// The block of the image that a pixel of a level stands for, cut at the image's border.
RectInImage blockOf(int x, int y, int level, PixelSize image) {
    const RectInImage block{x << level, y << level, 1 << level, 1 << level};
    return block.intersected(RectInImage::ofSize(image));
}

QRgb* scanLine(QImage& tile, QPoint offset, int row) {
    return reinterpret_cast<QRgb*>(tile.scanLine(offset.y() + row)) + offset.x();
}

/// Distance between samples such that a side of this length takes at most kMaxSamplesPerSide.
int stepFor(int length) {
    return (length + kMaxSamplesPerSide - 1) / kMaxSamplesPerSide;
}

/// Calls back with some pixels of a block, at most kMaxSamplesPerSide² of them.
template <typename Do>
void forSamples(const RectInImage& block, Do what) {
    const int stepX = stepFor(block.width);
    const int stepY = stepFor(block.height);
    for (int y = block.y; y < block.bottom(); y += stepY) {
        for (int x = block.x; x < block.right(); x += stepX) what(x, y);
    }
}

/// Gives each pixel of a part of a level the colour of its block of the image.
template <typename Colour>
void renderBlocks(PixelSize image, int level, const RectInImage& part, QImage& tile, QPoint offset,
                  Colour colourOf) {
    for (int row = 0; row < part.height; ++row) {
        QRgb* out = scanLine(tile, offset, row);
        for (int column = 0; column < part.width; ++column) {
            out[column] = colourOf(blockOf(part.x + column, part.y + row, level, image));
        }
    }
}

/// The veil where a model can't tell two classes apart. No class of the default palette has its colour.
constexpr int kVeil[] = {255, 0, 200};

}  // namespace

void ImageTiles::render(int level, const RectInImage& part, QImage& tile, QPoint offset) const {
    renderBlocks(size(), level, part, tile, offset,
                 [this](const RectInImage& block) { return meanOfBlock(block); });
}

QRgb ImageTiles::meanOfBlock(const RectInImage& block) const {
    unsigned red = 0, green = 0, blue = 0, count = 0;
    forSamples(block, [&](int x, int y) {
        const uint8_t* rgb = &image_->displayed->bytes[(static_cast<size_t>(y) * size().width + x) * 3];
        red += rgb[0];
        green += rgb[1];
        blue += rgb[2];
        ++count;
    });
    return qRgb(red / count, green / count, blue / count);
}

OverlayPalette overlayPalette(const ClassTable& classes) {
    OverlayPalette palette{};
    for (const LabelClass& entry : classes.classes()) {
        if (!entry.visible) continue;
        palette[entry.value] = qRgb(entry.colour.red, entry.colour.green, entry.colour.blue);
    }
    return palette;
}

void ClassTiles::render(int level, const RectInImage& part, QImage& tile, QPoint offset) const {
    // One square of a level stands for one tile of the labels, so that blank ones cost nothing.
    const int side = std::max(1, LabelMap::kTileSize >> level);
    for (int y = part.y / side * side; y < part.bottom(); y += side) {
        for (int x = part.x / side * side; x < part.right(); x += side) {
            const RectInImage square = RectInImage{x, y, side, side}.intersected(part);
            renderSquare(level, square, tile, offset + QPoint(square.x - part.x, square.y - part.y));
        }
    }
}

void ClassTiles::renderSquare(int level, const RectInImage& square, QImage& tile, QPoint offset) const {
    const bool isBlank = blankWhere_ && blankWhere_->isBlank({square.x << level, square.y << level,
                                                              square.width << level, square.height << level});
    for (int row = 0; row < square.height; ++row) {
        QRgb* out = scanLine(tile, offset, row);
        for (int column = 0; column < square.width; ++column) {
            out[column] =
                palette_[isBlank ? kUnlabelled
                                 : valueOfBlock(blockOf(square.x + column, square.y + row, level, size_))];
        }
    }
}

uint8_t ClassTiles::valueOfBlock(const RectInImage& block) const {
    const int stepX = stepFor(block.width);
    const int stepY = stepFor(block.height);
    for (int y = block.y; y < block.bottom(); y += stepY) {
        for (int x = block.x; x < block.right(); x += stepX) {
            const uint8_t value = valueAt_(x, y);
            if (value != kUnlabelled) return value;
        }
    }
    return kUnlabelled;
}

void DoubtTiles::render(int level, const RectInImage& part, QImage& tile, QPoint offset) const {
    renderBlocks(size_, level, part, tile, offset,
                 [this](const RectInImage& block) { return veilOfBlock(block); });
}

QRgb DoubtTiles::veilOfBlock(const RectInImage& block) const {
    int doubt = 0, count = 0;
    forSamples(block, [&](int x, int y) {
        doubt += 255 - (*confidence_)[static_cast<size_t>(y) * size_.width + x];
        ++count;
    });
    // The least confidence in one of two classes is a half.
    const int alpha = std::min(255, 2 * doubt / count);
    return qPremultiply(qRgba(kVeil[0], kVeil[1], kVeil[2], alpha));
}

}  // namespace finebrush
