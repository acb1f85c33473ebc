#pragma once

#include "core/base/cell_grid.h"
#include "core/base/geometry.h"
#include "core/image/display/display_mapping.h"
#include "core/labels/label_map.h"
#include "core/labels/label_patch.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace finebrush {

/// What was predicted of a large image, cell by cell, as far as it was asked for.
struct PredictedCells {
    LabelMap labels;  ///< packed but for what is looked at; `kUnlabelled` where nothing is predicted
    std::set<CellAddress> cells;                ///< that are predicted
    std::optional<DisplayMapping> seenAs = {};  ///< as that of a `KeptPrediction`

    /// True where no cell of their level is missing.
    bool areWhole() const;
};

/// A tile of a label map as the file holds it.
struct PackedTile {
    TilePlace place;
    std::shared_ptr<const std::vector<uint8_t>> labels;  ///< compressed
};

/// The tiles in which a cell lies, packed. Blocks; any thread that may use the map.
std::vector<PackedTile> packCell(const LabelMap& labels, const CellAddress& cell);

}  // namespace finebrush
