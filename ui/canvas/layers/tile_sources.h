#pragma once

#include "core/session/session.h"
#include "ui/canvas/layers/tiled_layer.h"

#include <QRgb>

#include <array>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace finebrush {

/// The picture itself. A coarse pixel is the mean of at most 4 × 4 samples of its block, so that a huge image
/// costs no more than a small one.
class ImageTiles : public TileSource {
  public:
    explicit ImageTiles(std::shared_ptr<const OpenedImage> image) : image_(std::move(image)) {}
    PixelSize size() const override { return image_->pixels.size; }
    void render(int level, const RectInImage& part, QImage& tile, QPoint offset) const override;

  private:
    QRgb meanOfBlock(const RectInImage& block) const;

    std::shared_ptr<const OpenedImage> image_;
};

/// Premultiplied ARGB by class value; transparent where a class is hidden or nothing is labelled.
using OverlayPalette = std::array<QRgb, 256>;

/// The palette of the visible classes.
OverlayPalette overlayPalette(const ClassTable& classes);

/// Class values by palette look-up. A coarse pixel shows any value found in its block: thin strokes stay
/// visible when zoomed out.
class ClassTiles : public TileSource {
  public:
    /// The class value at a pixel of the image.
    using ValueAt = std::function<uint8_t(int x, int y)>;

    /// No value is asked for where labels of the same size (null: none) are blank. All must outlive the
    /// source.
    ClassTiles(PixelSize size, ValueAt valueAt, const OverlayPalette& palette,
               const LabelMap* blankWhere = nullptr)
        : size_(size), valueAt_(std::move(valueAt)), palette_(palette), blankWhere_(blankWhere) {}
    PixelSize size() const override { return size_; }
    void render(int level, const RectInImage& part, QImage& tile, QPoint offset) const override;

  private:
    void renderSquare(int level, const RectInImage& square, QImage& tile, QPoint offset) const;
    uint8_t valueOfBlock(const RectInImage& block) const;

    PixelSize size_;
    ValueAt valueAt_;
    const OverlayPalette& palette_;
    const LabelMap* blankWhere_;  ///< may be null
};

/// How unsure a model is, as a veil: transparent where it is sure, and dense where it says that another class
/// is about as likely.
class DoubtTiles : public TileSource {
  public:
    /// `confidence` [height · width] in 1/255 is of the chosen class.
    DoubtTiles(PixelSize size, std::shared_ptr<const std::vector<uint8_t>> confidence)
        : size_(size), confidence_(std::move(confidence)) {}
    PixelSize size() const override { return size_; }
    void render(int level, const RectInImage& part, QImage& tile, QPoint offset) const override;

  private:
    QRgb veilOfBlock(const RectInImage& block) const;

    PixelSize size_;
    std::shared_ptr<const std::vector<uint8_t>> confidence_;
};

}  // namespace finebrush
