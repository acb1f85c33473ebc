#include "core/labels/label_map.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;

int tilesAlong(int pixels) {
    return (pixels + kTile - 1) / kTile;
}

uint8_t* pixelIn(LabelMap::Tile& tile, int x, int y) {
    return tile.data() + (y % kTile) * kTile + x % kTile;
}
const uint8_t* pixelIn(const LabelMap::Tile& tile, int x, int y) {
    return tile.data() + (y % kTile) * kTile + x % kTile;
}

bool isUnlabelled(std::span<const uint8_t> values) {
    return std::ranges::all_of(values, [](uint8_t value) { return value == kUnlabelled; });
}

/// Calls `visit(column, row, part)` for the part of every tile that a rectangle covers.
template <typename Visit>
void forEachTile(const RectInImage& rect, Visit visit) {
    if (rect.isEmpty()) return;
    for (int row = rect.y / kTile; row * kTile < rect.bottom(); ++row) {
        for (int column = rect.x / kTile; column * kTile < rect.right(); ++column) {
            visit(column, row, rect.intersected({column * kTile, row * kTile, kTile, kTile}));
        }
    }
}

void requireInside(const RectInImage& rect, PixelSize size, size_t values) {
    if (rect.intersected(RectInImage::ofSize(size)) != rect && !rect.isEmpty()) {
        throw std::invalid_argument("the rectangle is not inside the label map");
    }
    if (values != static_cast<size_t>(rect.area())) {
        throw std::invalid_argument("the values do not fill the rectangle");
    }
}

}  // namespace

LabelMap::LabelMap(PixelSize size)
    : size_(size.isEmpty() ? PixelSize{} : size),
      columns_(tilesAlong(size_.width)),
      rows_(tilesAlong(size_.height)) {
    tiles_.resize(static_cast<size_t>(columns_) * static_cast<size_t>(rows_));
    isOwn_.resize(tiles_.size(), false);
}

LabelMap::LabelMap(const LabelMap& other)
    : size_(other.size_),
      columns_(other.columns_),
      rows_(other.rows_),
      tiles_(other.tiles_),
      sources_(other.sources_),
      isOwn_(other.tiles_.size(), false) {
    other.isOwn_.assign(other.tiles_.size(), false);
}

LabelMap& LabelMap::operator=(const LabelMap& other) {
    if (this != &other) *this = LabelMap(other);
    return *this;
}

uint8_t LabelMap::at(int x, int y) const {
    if (x < 0 || y < 0 || x >= size_.width || y >= size_.height) return kUnlabelled;
    const Tile* values = tile(x / kTile, y / kTile);
    return values ? *pixelIn(*values, x, y) : kUnlabelled;
}

bool LabelMap::isEmpty() const {
    for (size_t i = 0; i < tiles_.size(); ++i) {
        const Tile* tile = loaded(i).get();
        if (tile && !isUnlabelled(*tile)) return false;
    }
    return true;
}

bool LabelMap::isBlank(const RectInImage& rect) const {
    bool isBlank = true;
    forEachTile(rect.intersected(RectInImage::ofSize(size_)), [&](int column, int row, const RectInImage&) {
        const size_t index = tileIndex(column, row);
        isBlank = isBlank && !tiles_[index] && !sourceAt(index);
    });
    return isBlank;
}

bool LabelMap::sharesTile(const LabelMap& other, int column, int row) const {
    const size_t index = tileIndex(column, row);
    return tiles_[index] == other.tiles_[index] && sourceAt(index) == other.sourceAt(index);
}

void LabelMap::read(const RectInImage& rect, std::span<uint8_t> out) const {
    requireInside(rect, size_, out.size());
    forEachTile(rect, [&](int column, int row, const RectInImage& part) {
        const Tile* values = tile(column, row);
        for (int y = part.y; y < part.bottom(); ++y) {
            uint8_t* target = out.data() + static_cast<size_t>(y - rect.y) * rect.width + (part.x - rect.x);
            const auto width = static_cast<size_t>(part.width);
            if (values) {
                std::memcpy(target, pixelIn(*values, part.x, y), width);
            } else {
                std::memset(target, kUnlabelled, width);
            }
        }
    });
}

void LabelMap::write(const RectInImage& rect, std::span<const uint8_t> values) {
    requireInside(rect, size_, values.size());
    const auto rowOf = [&](const RectInImage& part, int y) {
        const size_t first = static_cast<size_t>(y - rect.y) * static_cast<size_t>(rect.width) +
                             static_cast<size_t>(part.x - rect.x);
        return values.subspan(first, static_cast<size_t>(part.width));
    };
    const auto saysNothing = [&](const RectInImage& part) {
        for (int y = part.y; y < part.bottom(); ++y) {
            if (!isUnlabelled(rowOf(part, y))) return false;
        }
        return true;
    };
    forEachTile(rect, [&](int column, int row, const RectInImage& part) {
        if (!tile(column, row) && saysNothing(part)) return;
        Tile& target = writableTile(column, row);
        for (int y = part.y; y < part.bottom(); ++y)
            std::ranges::copy(rowOf(part, y), pixelIn(target, part.x, y));
    });
}

void LabelMap::fill(const RectInImage& rect, uint8_t value) {
    forEachTile(rect.intersected(RectInImage::ofSize(size_)),
                [&](int column, int row, const RectInImage& part) {
                    if (value == kUnlabelled && !tile(column, row)) return;
                    Tile& target = writableTile(column, row);
                    for (int y = part.y; y < part.bottom(); ++y) {
                        std::memset(pixelIn(target, part.x, y), value, static_cast<size_t>(part.width));
                    }
                });
}

IndexMask LabelMap::toMask() const {
    IndexMask mask{size_, std::vector<uint8_t>(static_cast<size_t>(size_.area()))};
    read(RectInImage::ofSize(size_), mask.values);
    return mask;
}

LabelMap LabelMap::fromMask(const IndexMask& mask) {
    LabelMap map(mask.size);
    map.write(RectInImage::ofSize(map.size_), mask.values);
    return map;
}

std::array<int64_t, 256> LabelMap::histogram() const {
    std::array<int64_t, 256> counts{};
    forEachTile(RectInImage::ofSize(size_), [&](int column, int row, const RectInImage& part) {
        const Tile* values = tile(column, row);
        if (!values) {
            counts[kUnlabelled] += part.area();
            return;
        }
        for (int y = part.y; y < part.bottom(); ++y) {
            const uint8_t* pixel = pixelIn(*values, part.x, y);
            for (int i = 0; i < part.width; ++i) ++counts[pixel[i]];
        }
    });
    return counts;
}

const LabelMap::Tile* LabelMap::tile(int column, int row) const {
    return loaded(tileIndex(column, row)).get();
}

void LabelMap::setTile(int column, int row, const Tile& values) {
    Tile& target = writableTile(column, row);
    target = values;
    clip(target, tileRect(column, row));
}

void LabelMap::setTileSource(int column, int row, std::shared_ptr<const TileSource> source) {
    sources_.resize(tiles_.size());
    const size_t index = tileIndex(column, row);
    tiles_[index].reset();
    sources_[index] = std::move(source);
}

void LabelMap::shareTile(const LabelMap& other, int column, int row) {
    if (other.size_ != size_) throw std::invalid_argument("the label maps differ in size");
    const size_t index = tileIndex(column, row);
    tiles_[index] = other.tiles_[index];
    isOwn_[index] = false;
    other.isOwn_[index] = false;
    if (sources_.empty() && other.sources_.empty()) return;
    sources_.resize(tiles_.size());
    sources_[index] = other.sources_.empty() ? nullptr : other.sources_[index];
}

int64_t LabelMap::tileCount() const {
    int64_t count = 0;
    for (size_t i = 0; i < tiles_.size(); ++i) count += tiles_[i] || sourceAt(i);
    return count;
}

const std::shared_ptr<LabelMap::Tile>& LabelMap::loaded(size_t index) const {
    if (index < sources_.size() && sources_[index]) {
        auto tile = std::make_shared<Tile>();
        (*sources_[index])(*tile);
        const auto columns = static_cast<size_t>(columns_);
        clip(*tile, tileRect(static_cast<int>(index % columns), static_cast<int>(index / columns)));
        tiles_[index] = std::move(tile);
        isOwn_[index] = true;
        sources_[index].reset();
    }
    return tiles_[index];
}

void LabelMap::clip(Tile& values, const RectInImage& part) const {
    for (int y = 0; y < kTile; ++y) {
        const int width = y < part.height ? part.width : 0;
        std::fill_n(values.begin() + y * kTile + width, kTile - width, kUnlabelled);
    }
}

RectInImage LabelMap::tileRect(int column, int row) const {
    return RectInImage::ofSize(size_).intersected({column * kTile, row * kTile, kTile, kTile});
}

bool LabelMap::operator==(const LabelMap& other) const {
    if (size_ != other.size_) return false;
    for (size_t i = 0; i < tiles_.size(); ++i) {
        const Tile* mine = loaded(i).get();
        const Tile* theirs = other.loaded(i).get();
        if (mine == theirs) continue;
        const bool isSame = mine && theirs ? *mine == *theirs : isUnlabelled(mine ? *mine : *theirs);
        if (!isSame) return false;
    }
    return true;
}

size_t LabelMap::tileIndex(int column, int row) const {
    return static_cast<size_t>(row) * static_cast<size_t>(columns_) + static_cast<size_t>(column);
}

LabelMap::Tile& LabelMap::writableTile(int column, int row) {
    const size_t index = tileIndex(column, row);
    (void)loaded(index);
    std::shared_ptr<Tile>& tile = tiles_[index];
    if (!tile) {
        tile = std::make_shared<Tile>();
        tile->fill(kUnlabelled);
    } else if (!isOwn_[index]) {
        tile = std::make_shared<Tile>(*tile);
    }
    isOwn_[index] = true;
    return *tile;
}

}  // namespace finebrush
