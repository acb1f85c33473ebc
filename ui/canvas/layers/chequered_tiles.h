#pragma once

#include "ui/canvas/layers/tiled_layer.h"

#include <memory>
#include <utility>

namespace finebrush {

/// Another source as a chequer of full and faint squares, which are as large at every level of detail: what
/// is shown so is not taken for the source itself, and a line of single pixels stays visible.
class ChequeredTiles : public TileSource {
  public:
    explicit ChequeredTiles(std::unique_ptr<TileSource> source) : source_(std::move(source)) {}
    PixelSize size() const override { return source_->size(); }
    void render(int level, const RectInImage& part, QImage& tile, QPoint offset) const override;

  private:
    std::unique_ptr<TileSource> source_;
};

}  // namespace finebrush
