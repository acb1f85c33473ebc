#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/raster_levels.h"
#include "core/labels/cell_labels.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace finebrush {

/// The labels of a large image in a file of class numbers, `kUnlabelled` where there are none; read a few
/// rows at a time. Blocks.
class LabelFile {
  public:
    /// Errors: as `readRasterInfo`, LabelsNotIndexed.
    static Result<LabelFile> open(const std::filesystem::path& file);

    PixelSize size() const { return raster_->layout().storedSize; }
    /// Where something is labelled. Reads the whole file once. Errors: as reading.
    Result<PaintedTiles> paintedTiles() const;
    /// The labels of cells. Reads the rows that hold these. Errors: as reading.
    Result<std::vector<IndexMask>> labelsOf(const std::vector<CellAddress>& cells) const;

  private:
    using VisitRows = std::function<void(const RectInImage& rows, const std::vector<uint8_t>& values)>;

    explicit LabelFile(std::shared_ptr<const RasterLevels> raster) : raster_(std::move(raster)) {}
    /// Visits the rows of the tiles that are wanted.
    Result<void> forEachRows(const std::function<bool(const RectInImage& rows)>& isWanted,
                             const VisitRows& visit) const;

    std::shared_ptr<const RasterLevels> raster_;
};

}  // namespace finebrush
