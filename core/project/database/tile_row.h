#pragma once

#include "core/labels/label_counts.h"
#include "core/labels/label_map.h"
#include "core/labels/label_patch.h"
#include "core/project/edits/edit.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace finebrush {

/// A tile of labels as the file holds it. A project opens without unpacking its tiles: the checksum tells
/// whether one is as it was written, and the counts say what it holds.
struct TileRow {
    std::vector<uint8_t> labels;  ///< compressed
    std::vector<uint8_t> counts;  ///< for each class value in it: 1 byte, and its pixels in 4, little-endian
    uint32_t checksum = 0;
};

/// For the file. `counts` are those of the tile.
TileRow packTile(const ImageId& image, const TilePlace& place, const LabelMap::Tile& tile,
                 const LabelCounts& counts);

/// CRC-32 of all of a row: its place as well.
uint32_t tileChecksum(const ImageId& image, const TilePlace& place, std::span<const uint8_t> labels,
                      std::span<const uint8_t> counts);

/// Throws MalformedProject.
std::unique_ptr<LabelMap::Tile> unpackTile(std::span<const uint8_t> labels);

/// Throws MalformedProject.
LabelCounts unpackCounts(std::span<const uint8_t> counts);
std::vector<uint8_t> packCounts(const LabelCounts& counts);

/// Keeps labels packed until somebody looks at them. Throws MalformedProject where they cannot be a tile.
std::shared_ptr<const LabelMap::TileSource> packedSource(std::span<const uint8_t> labels);
/// The same, and shares what is packed.
std::shared_ptr<const LabelMap::TileSource> packedSource(
    const std::shared_ptr<const std::vector<uint8_t>>& labels);

}  // namespace finebrush
