#include "core/project/database/tile_row.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/project/database/compression.h"
#include "core/project/database/journal_reader.h"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

namespace finebrush {

namespace {

constexpr size_t kCountBytes = 5;

uint32_t checksumGoingOn(uint32_t checksum, std::span<const uint8_t> bytes) {
    // zlib takes a null pointer for the wish to begin anew.
    return bytes.empty() ? checksum : static_cast<uint32_t>(crc32_z(checksum, bytes.data(), bytes.size()));
}

}  // namespace

TileRow packTile(const ImageId& image, const TilePlace& place, const LabelMap::Tile& tile,
                 const LabelCounts& counts) {
    TileRow row{compressed(tile), packCounts(counts), 0};
    row.checksum = tileChecksum(image, place, row.labels, row.counts);
    return row;
}

uint32_t tileChecksum(const ImageId& image, const TilePlace& place, std::span<const uint8_t> labels,
                      std::span<const uint8_t> counts) {
    const std::string where = image + ' ' + std::to_string(place.column) + ' ' + std::to_string(place.row);
    uint32_t checksum = checksumGoingOn(0, bytesOf(where));
    checksum = checksumGoingOn(checksum, counts);
    return checksumGoingOn(checksum, labels);
}

std::unique_ptr<LabelMap::Tile> unpackTile(std::span<const uint8_t> labels) {
    const std::optional<std::vector<uint8_t>> bytes = decompressed(labels);
    if (!bytes) throw MalformedProject("compressed data is damaged");
    auto tile = std::make_unique<LabelMap::Tile>();
    if (bytes->size() != tile->size()) throw MalformedProject("labels are cut off");
    std::ranges::copy(*bytes, tile->begin());
    return tile;
}

LabelCounts unpackCounts(std::span<const uint8_t> counts) {
    if (counts.size() % kCountBytes != 0) throw MalformedProject("the counts of labels are cut off");
    LabelCounts result;
    for (; !counts.empty(); counts = counts.subspan(kCountBytes)) {
        uint32_t pixels = 0;
        for (size_t i = 0; i < 4; ++i) pixels |= uint32_t{counts[i + 1]} << (8 * i);
        result.add(counts[0], pixels);
    }
    return result;
}

std::vector<uint8_t> packCounts(const LabelCounts& counts) {
    std::vector<uint8_t> bytes;
    for (const auto& [value, pixels] : counts.byValue()) {
        bytes.push_back(value);
        for (size_t i = 0; i < 4; ++i) bytes.push_back(static_cast<uint8_t>(pixels >> (8 * i)));
    }
    return bytes;
}

std::shared_ptr<const LabelMap::TileSource> packedSource(std::span<const uint8_t> labels) {
    return packedSource(std::make_shared<const std::vector<uint8_t>>(labels.begin(), labels.end()));
}

std::shared_ptr<const LabelMap::TileSource> packedSource(
    const std::shared_ptr<const std::vector<uint8_t>>& labels) {
    if (unpackedLength(*labels) != std::tuple_size_v<LabelMap::Tile>)
        throw MalformedProject("labels are cut off");
    return std::make_shared<const LabelMap::TileSource>([labels](LabelMap::Tile& tile) {
        try {
            tile = *unpackTile(*labels);
        } catch (const MalformedProject& problem) {  // not by chance: the checksum was right
            logWarning(std::string("project: a tile is left out: ") + problem.what());
            tile.fill(kUnlabelled);
        }
    });
}

}  // namespace finebrush
