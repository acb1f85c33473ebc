#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/raster_levels.h"
#include "core/labels/cell_labels.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace finebrush {

/// What the numbers of label files mean.
struct LabelMeaning {
    std::optional<uint8_t> ignored = {};  ///< is no class
    bool isBlackAndWhite = false;         ///< 255 is class 1, in place of unlabelled

    /// Makes class numbers of the files' numbers, `kUnlabelled` where there is no class.
    void apply(std::span<uint8_t> values) const;
};

/// The labels of a large image in a file of class numbers, `kUnlabelled` where there are none; read a few
/// rows at a time. Blocks.
class LabelFile {
  public:
    /// Errors: as `readRasterInfo`, LabelsNotIndexed.
    static Result<LabelFile> open(const std::filesystem::path& file, const LabelMeaning& meaning = {});

    PixelSize size() const { return raster_->layout().storedSize; }
    /// Where something is labelled. Reads the whole file once. Errors: as reading.
    Result<PaintedTiles> paintedTiles() const;
    /// The labels of cells. Reads the rows that hold these. Errors: as reading.
    Result<std::vector<IndexMask>> labelsOf(const std::vector<CellAddress>& cells) const;

  private:
    using VisitRows = std::function<void(const RectInImage& rows, const std::vector<uint8_t>& values)>;

    LabelFile(std::shared_ptr<const RasterLevels> raster, const LabelMeaning& meaning)
        : raster_(std::move(raster)), meaning_(meaning) {}
    /// Visits the rows of the tiles that are wanted.
    Result<void> forEachRows(const std::function<bool(const RectInImage& rows)>& isWanted,
                             const VisitRows& visit) const;

    std::shared_ptr<const RasterLevels> raster_;
    LabelMeaning meaning_;
};

}  // namespace finebrush
