#include "core/labels/row_runs.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;

/// The part of a tile that is looked at, where it holds a value.
struct HoldingTile {
    std::shared_ptr<const LabelMap::Tile> values;  ///< null: all unlabelled
    RectInImage part;
};

/// Of the tiles that a band of rows lies in.
std::vector<HoldingTile> holdingTiles(const LabelMap& labels, const RectInImage& band, uint8_t value) {
    std::vector<HoldingTile> holding;
    const int row = band.y / kTile;
    for (int column = band.x / kTile; column * kTile < band.right(); ++column) {
        std::shared_ptr<const LabelMap::Tile> tile = labels.tile(column, row);
        const bool isHolding =
            tile ? std::memchr(tile->data(), value, tile->size()) != nullptr : value == kUnlabelled;
        if (isHolding) holding.push_back({std::move(tile), labels.tileRect(column, row).intersected(band)});
    }
    return holding;
}

/// Lengthens the last run by one that touches it, or appends that.
void appendRun(std::vector<RowRun>& runs, const RowRun& run) {
    if (!runs.empty() && runs.back().end == run.first) {
        runs.back().end = run.end;
    } else {
        runs.push_back(run);
    }
}

/// Appends the runs of a value in a row of a tile.
void appendRuns(std::vector<RowRun>& runs, const HoldingTile& tile, int y, uint8_t value) {
    const RectInImage& part = tile.part;
    if (!tile.values) return appendRun(runs, {part.x, part.right()});
    const uint8_t* const values = tile.values->data() + (y % kTile) * kTile + part.x % kTile;
    const uint8_t* const end = values + part.width;
    const auto xOf = [&](const uint8_t* place) { return part.x + static_cast<int>(place - values); };
    for (const uint8_t* place = values; (place = std::find(place, end, value)) != end;) {
        const uint8_t* const first = place;
        place = std::find_if(first, end, [value](uint8_t other) { return other != value; });
        appendRun(runs, {xOf(first), xOf(place)});
    }
}

/// The tiles that a band of rows lies in, apart from the map: what is unpacked only to be looked at goes
/// again.
LabelMap tilesOf(const LabelMap& labels, const RectInImage& band) {
    LabelMap tiles(labels.size());
    for (int column = band.x / kTile; column * kTile < band.right(); ++column)
        tiles.shareTile(labels, column, band.y / kTile);
    return tiles;
}

}  // namespace

void RowRuns::addRow(std::span<const RowRun> runs) {
    runs_.insert(runs_.end(), runs.begin(), runs.end());
    starts_.push_back(runs_.size());
}

std::span<const RowRun> RowRuns::row(int y) const {
    if (y < top_ || y >= bottom()) return {};
    const auto place = static_cast<size_t>(y - top_);
    return std::span(runs_).subspan(starts_[place], starts_[place + 1] - starts_[place]);
}

RectInImage RowRuns::bounds() const {
    RectInImage bounds;
    for (int y = top_; y < bottom(); ++y) {
        const std::span<const RowRun> runs = row(y);
        if (!runs.empty())
            bounds = bounds.united({runs.front().first, y, runs.back().end - runs.front().first, 1});
    }
    return bounds;
}

RowRuns runsOf(const LabelMap& labels, uint8_t value, const RectInImage& part, const std::stop_token& stop) {
    const RectInImage seen = part.intersected(RectInImage::ofSize(labels.size()));
    RowRuns rows(seen.y);
    std::vector<RowRun> runs;
    for (int top = seen.y; top < seen.bottom() && !stop.stop_requested();) {
        const int bottom = std::min((top / kTile + 1) * kTile, seen.bottom());
        const RectInImage band{seen.x, top, seen.width, bottom - top};
        LabelMap read;
        std::vector<HoldingTile> holding;
        if (value == kUnlabelled || !labels.isBlank(band)) {
            read = tilesOf(labels, band);
            holding = holdingTiles(read, band, value);
        }
        for (int y = band.y; y < band.bottom(); ++y) {
            runs.clear();
            for (const HoldingTile& tile : holding) appendRuns(runs, tile, y, value);
            rows.addRow(runs);
        }
        top = bottom;
    }
    return rows;
}

std::vector<RowRun> without(std::span<const RowRun> runs, std::span<const RowRun> others) {
    std::vector<RowRun> rest;
    auto other = others.begin();
    for (const RowRun& run : runs) {
        int first = run.first;
        while (other != others.end() && other->end <= first) ++other;
        for (auto cut = other; cut != others.end() && cut->first < run.end; ++cut) {
            if (first < cut->first) rest.push_back({first, cut->first});
            first = std::max(first, cut->end);
        }
        if (first < run.end) rest.push_back({first, run.end});
    }
    return rest;
}

}  // namespace finebrush
