#include "core/labels/row_runs.h"

#include <algorithm>
#include <cstring>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;

/// The part in the image of a tile that holds a class.
struct HoldingTile {
    const LabelMap::Tile* values;
    RectInImage rect;
};

std::vector<HoldingTile> holdingTiles(const LabelMap& labels, int row, uint8_t value) {
    std::vector<HoldingTile> holding;
    for (int column = 0; column < labels.tileColumns(); ++column) {
        const LabelMap::Tile* tile = labels.tile(column, row);
        if (tile && std::memchr(tile->data(), value, tile->size()))
            holding.push_back({tile, labels.tileRect(column, row)});
    }
    return holding;
}

/// Appends the runs of a value in a row of a tile; one that goes on from the tile before is lengthened.
void appendRuns(std::vector<RowRun>& runs, const HoldingTile& tile, int y, uint8_t value) {
    const uint8_t* values = tile.values->data() + (y - tile.rect.y) * kTile;
    const uint8_t* const end = values + tile.rect.width;
    const auto xOf = [&](const uint8_t* place) { return tile.rect.x + static_cast<int>(place - values); };
    for (const uint8_t* place = values; (place = std::find(place, end, value)) != end;) {
        const uint8_t* const first = place;
        place = std::find_if(first, end, [value](uint8_t other) { return other != value; });
        if (!runs.empty() && runs.back().end == xOf(first)) {
            runs.back().end = xOf(place);
        } else {
            runs.push_back({xOf(first), xOf(place)});
        }
    }
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

RowRuns runsOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop) {
    RowRuns rows;
    std::vector<RowRun> runs;
    for (int row = 0; row < labels.tileRows() && !stop.stop_requested(); ++row) {
        const RectInImage band{0, row * kTile, labels.size().width, labels.tileRect(0, row).height};
        LabelMap read;  // what is unpacked only to be looked at goes again
        if (!labels.isBlank(band)) {
            read = LabelMap(labels.size());
            for (int column = 0; column < labels.tileColumns(); ++column) read.shareTile(labels, column, row);
        }
        const std::vector<HoldingTile> holding = holdingTiles(read, row, value);
        for (int y = band.y; y < band.bottom(); ++y) {
            runs.clear();
            for (const HoldingTile& tile : holding) appendRuns(runs, tile, y, value);
            rows.addRow(runs);
        }
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
