#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/display_mapping.h"
#include "core/image/large_raster.h"
#include "core/labels/label_map.h"
#include "core/project/edit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the network sees of a large image: square cells of one level of detail, one at a time.
namespace finebrush {

/// Px of the level.
inline constexpr int kCellSide = 1024;
/// So many painted cells are learned from at most.
inline constexpr size_t kMostPaintedCells = 12;

struct CellAddress {
    int level = 0;
    int column = 0;
    int row = 0;
    bool operator==(const CellAddress&) const = default;
};

/// In px of the level. The last cells of a row or column reach back into those before, so that all are of one
/// size where the image is large enough.
RectInImage cellRect(PixelSize image, const CellAddress& cell);

/// The cell whose part of the image holds a pixel.
CellAddress cellAt(int level, int x, int y);

/// The name by which the engine knows a cell of an image, and back; nothing for the name of a whole image.
std::string cellId(const ImageId& image, const CellAddress& cell);
struct ImageCell {
    ImageId image;
    CellAddress cell;
};
std::optional<ImageCell> cellFromId(std::string_view id);

/// The finest level at which what is painted lies in few cells; `coarsest` where there is none.
int levelForPainting(const LabelMap& labels, int coarsest);

/// The cells of a level in which something is painted, those with most first, and no more than are learned
/// from.
std::vector<CellAddress> paintedCells(const LabelMap& labels, int level);

/// The labels of a cell. Of a coarse pixel any label in its block counts, so that thin strokes stay.
IndexMask labelsOfCell(const LabelMap& labels, const CellAddress& cell);

/// The raw pixels of a cell, or 8-bit RGB as it is shown where a mapping is given. Blocks; any thread.
/// Errors: as `LargeRaster::read`.
Result<PixelBuffer> pixelsOfCell(const LargeRaster& raster, const CellAddress& cell,
                                 const std::optional<DisplayMapping>& shownAs);

/// The same without content.
PixelBuffer blankCell(const LargeRaster& raster, const CellAddress& cell,
                      const std::optional<DisplayMapping>& shownAs);

/// Puts what was predicted of a cell in its place in the whole image. False where the mask is not of the
/// cell's size.
bool writeCell(LabelMap& predicted, const CellAddress& cell, const IndexMask& mask);

}  // namespace finebrush
