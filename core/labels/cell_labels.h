#pragma once

#include "core/base/cell_grid.h"
#include "core/base/pixel_buffer.h"
#include "core/labels/label_map.h"

#include <cstdint>
#include <span>
#include <vector>

/// What a network learns from a large image, and what it predicts of it.
namespace finebrush {

/// So many painted cells are learned from at most.
inline constexpr size_t kMostPaintedCells = 12;

/// The tiles of a `LabelMap` in which something is painted, whatever holds the labels.
struct PaintedTile {
    int column = 0;
    int row = 0;
    bool operator==(const PaintedTile&) const = default;
};
using PaintedTiles = std::vector<PaintedTile>;

PaintedTiles paintedTiles(const LabelMap& labels);

/// The finest level at which what is painted lies in few cells; `coarsest` where there is none.
int levelForPainting(const PaintedTiles& painted, int coarsest);

/// The cells of a level in which something is painted, those with most first, and no more than are learned
/// from.
std::vector<CellAddress> paintedCells(const PaintedTiles& painted, int level);

/// Lays the labels of a part of the image over those of `rect`, which is in px of a level. Of a coarse pixel
/// any label in its block counts, so that thin strokes stay.
void layLabels(const RectInImage& part, std::span<const uint8_t> values, int level, const RectInImage& rect,
               IndexMask& labels);

/// The labels in a rectangle of a level.
IndexMask labelsAtLevel(const LabelMap& labels, int level, const RectInImage& rect);
/// The same of a cell.
IndexMask labelsOfCell(const LabelMap& labels, const CellAddress& cell);

/// Puts what was predicted of a cell in its place in the whole image. False where the mask is not of the
/// cell's size.
bool writeCell(LabelMap& predicted, const CellAddress& cell, const IndexMask& mask);

}  // namespace finebrush
