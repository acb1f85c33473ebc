#pragma once

#include "ui/canvas/layers/tile_sources.h"

namespace finebrush {

/// Class values as hatches in the colours of a palette, so that those who cannot tell two colours apart see
/// two classes. The lines are as wide at every level of detail.
class PatternTiles : public TileSource {
  public:
    /// Classes whose values differ by a multiple of this are hatched alike.
    static constexpr int kPatternCount = 6;

    /// As `ClassTiles`.
    PatternTiles(PixelSize size, ClassTiles::ValueAt valueAt, const OverlayPalette& palette,
                 const LabelMap* blankWhere = nullptr)
        : values_(size, std::move(valueAt), valuePalette(), blankWhere), palette_(palette) {}
    PixelSize size() const override { return values_.size(); }
    void render(int level, const RectInImage& part, QImage& tile, QPoint offset) const override;

  private:
    /// Colours that tell the value of their class.
    static const OverlayPalette& valuePalette();

    ClassTiles values_;
    const OverlayPalette& palette_;
};

}  // namespace finebrush
