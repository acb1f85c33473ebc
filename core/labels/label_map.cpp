#include "core/labels/label_map.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;
constexpr int64_t kTileArea = int64_t{kTile} * kTile;

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

bool isUniform(const LabelMap::Tile& tile) {
    return std::memcmp(tile.data(), tile.data() + 1, tile.size() - 1) == 0;
}

/// The tile of a single value that all maps share. No map owns it, so that none writes it. Any thread.
const std::shared_ptr<LabelMap::Tile>& uniformTile(uint8_t value) {
    static std::array<std::once_flag, 256> isMade;
    static std::array<std::shared_ptr<LabelMap::Tile>, 256> tiles;
    std::call_once(isMade[value], [value] {
        tiles[value] = std::make_shared<LabelMap::Tile>();
        tiles[value]->fill(value);
    });
    return tiles[value];
}

bool isUniformTile(const LabelMap::Tile* tile) {
    return tile == uniformTile(tile->front()).get();
}

bool holdsNothing(const LabelMap::Tile& tile) {
    return tile.front() == kUnlabelled && (isUniformTile(&tile) || isUnlabelled(tile));
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
      unpacked_(other.unpacked_),
      oldest_(other.oldest_),
      isOwn_(other.tiles_.size(), false) {
    other.isOwn_.assign(other.tiles_.size(), false);
}

LabelMap& LabelMap::operator=(const LabelMap& other) {
    if (this != &other) *this = LabelMap(other);
    return *this;
}

uint8_t LabelMap::at(int x, int y) const {
    if (x < 0 || y < 0 || x >= size_.width || y >= size_.height) return kUnlabelled;
    const Tile* values = loaded(tileIndex(x / kTile, y / kTile)).get();
    return values ? *pixelIn(*values, x, y) : kUnlabelled;
}

bool LabelMap::isEmpty() const {
    for (const std::shared_ptr<Tile>& tile : tiles_) {
        if (tile && !holdsNothing(*tile)) return false;
    }
    std::unique_ptr<Tile> scratch;
    for (size_t i = 0; i < tiles_.size(); ++i) {
        if (!tiles_[i] && sourceAt(i) && !holdsNothing(*glance(i, scratch))) return false;
    }
    return true;
}

bool LabelMap::isBlank(const RectInImage& rect) const {
    bool isBlank = true;
    forEachTile(rect.intersected(RectInImage::ofSize(size_)), [&](int column, int row, const RectInImage&) {
        isBlank = isBlank && isNull(tileIndex(column, row));
    });
    return isBlank;
}

bool LabelMap::sharesTile(const LabelMap& other, int column, int row) const {
    return isShared(other, tileIndex(column, row));
}

bool LabelMap::isShared(const LabelMap& other, size_t index) const {
    if (tiles_[index] && tiles_[index] == other.tiles_[index]) return true;
    const TileSource* source = sourceAt(index);
    return source ? source == other.sourceAt(index) : isNull(index) && other.isNull(index);
}

void LabelMap::read(const RectInImage& rect, std::span<uint8_t> out) const {
    requireInside(rect, size_, out.size());
    forEachTile(rect, [&](int column, int row, const RectInImage& part) {
        const Tile* values = loaded(tileIndex(column, row)).get();
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
        const size_t index = tileIndex(column, row);
        if (isNull(index) && saysNothing(part)) return;
        Tile& target = writableTile(index, part == tileRect(column, row));
        for (int y = part.y; y < part.bottom(); ++y)
            std::ranges::copy(rowOf(part, y), pixelIn(target, part.x, y));
        shareUniform(index, part);
    });
}

void LabelMap::fill(const RectInImage& rect, uint8_t value) {
    forEachTile(rect.intersected(RectInImage::ofSize(size_)),
                [&](int column, int row, const RectInImage& part) {
                    const size_t index = tileIndex(column, row);
                    if (value == kUnlabelled && isNull(index)) return;
                    const bool isWhole = part == tileRect(column, row);
                    if (part.area() == kTileArea || (isWhole && value == kUnlabelled))
                        return putUniform(index, value);
                    if (tiles_[index] == uniformTile(value)) return;
                    Tile& target = writableTile(index, isWhole);
                    for (int y = part.y; y < part.bottom(); ++y) {
                        std::memset(pixelIn(target, part.x, y), value, static_cast<size_t>(part.width));
                    }
                    shareUniform(index, part);
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
    std::unique_ptr<Tile> scratch;
    forEachTile(RectInImage::ofSize(size_), [&](int column, int row, const RectInImage& part) {
        const Tile* values = glance(tileIndex(column, row), scratch);
        if (!values || isUniformTile(values)) {
            counts[values ? values->front() : kUnlabelled] += part.area();
            return;
        }
        for (int y = part.y; y < part.bottom(); ++y) {
            const uint8_t* pixel = pixelIn(*values, part.x, y);
            for (int i = 0; i < part.width; ++i) ++counts[pixel[i]];
        }
    });
    return counts;
}

std::shared_ptr<const LabelMap::Tile> LabelMap::tile(int column, int row) const {
    return loaded(tileIndex(column, row));
}

void LabelMap::setTile(int column, int row, const Tile& values) {
    const size_t index = tileIndex(column, row);
    Tile& target = writableTile(index, true);
    target = values;
    clip(target, tileRect(column, row));
    shareUniform(index);
}

void LabelMap::setTileSource(int column, int row, std::shared_ptr<const TileSource> source) {
    sources_.resize(tiles_.size());
    const size_t index = tileIndex(column, row);
    tiles_[index].reset();
    isOwn_[index] = false;
    sources_[index] = std::move(source);
}

void LabelMap::giveBackUnpacked() const {
    for (const size_t index : unpacked_) giveBack(index);
    unpacked_.clear();
    oldest_ = 0;
}

void LabelMap::shareTile(const LabelMap& other, int column, int row) {
    if (other.size_ != size_) throw std::invalid_argument("the label maps differ in size");
    const size_t index = tileIndex(column, row);
    const std::shared_ptr<Tile> tile = other.tiles_[index];
    if (tile && other.sourceAt(index) && !isUniformTile(tile.get())) makeRoomFor(index);
    tiles_[index] = tile;
    isOwn_[index] = false;
    other.isOwn_[index] = false;
    if (sources_.empty() && other.sources_.empty()) return;
    sources_.resize(tiles_.size());
    sources_[index] = other.sources_.empty() ? nullptr : other.sources_[index];
}

int64_t LabelMap::tileCount() const {
    int64_t count = 0;
    for (size_t i = 0; i < tiles_.size(); ++i) count += !isNull(i);
    return count;
}

const std::shared_ptr<LabelMap::Tile>& LabelMap::loaded(size_t index) const {
    if (!tiles_[index] && sourceAt(index)) {
        auto tile = std::make_shared<Tile>();
        unpack(index, *tile);
        if (isUniform(*tile)) {
            tiles_[index] = uniformTile(tile->front());
        } else {
            makeRoomFor(index);
            tiles_[index] = std::move(tile);
            isOwn_[index] = true;
        }
    }
    return tiles_[index];
}

const LabelMap::Tile* LabelMap::glance(size_t index, std::unique_ptr<Tile>& scratch) const {
    if (tiles_[index] || !sourceAt(index)) return tiles_[index].get();
    if (!scratch) scratch = std::make_unique<Tile>();
    unpack(index, *scratch);
    return scratch.get();
}

void LabelMap::unpack(size_t index, Tile& values) const {
    (*sourceAt(index))(values);
    const auto columns = static_cast<size_t>(columns_);
    clip(values, tileRect(static_cast<int>(index % columns), static_cast<int>(index / columns)));
}

void LabelMap::makeRoomFor(size_t index) const {
    const size_t most = std::max(kMostUnpacked, 2 * static_cast<size_t>(columns_));
    if (unpacked_.size() < most) return unpacked_.push_back(index);
    giveBack(unpacked_[oldest_]);
    unpacked_[oldest_] = index;
    oldest_ = (oldest_ + 1) % most;
}

void LabelMap::giveBack(size_t index) const {
    if (!sourceAt(index)) return;
    tiles_[index].reset();
    isOwn_[index] = false;
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
    std::unique_ptr<Tile> scratch, otherScratch;
    for (size_t i = 0; i < tiles_.size(); ++i) {
        if (isShared(other, i)) continue;
        const Tile* mine = glance(i, scratch);
        const Tile* theirs = other.glance(i, otherScratch);
        const bool isSame = mine && theirs ? *mine == *theirs : holdsNothing(mine ? *mine : *theirs);
        if (!isSame) return false;
    }
    return true;
}

size_t LabelMap::tileIndex(int column, int row) const {
    return static_cast<size_t>(row) * static_cast<size_t>(columns_) + static_cast<size_t>(column);
}

LabelMap::Tile& LabelMap::writableTile(size_t index, bool isWhole) {
    if (!isWhole) (void)loaded(index);
    if (sourceAt(index)) sources_[index].reset();
    std::shared_ptr<Tile>& tile = tiles_[index];
    if (isOwn_[index]) return *tile;
    if (tile && !isWhole) {
        tile = std::make_shared<Tile>(*tile);
    } else {
        tile = std::make_shared<Tile>();
        tile->fill(kUnlabelled);
    }
    isOwn_[index] = true;
    return *tile;
}

void LabelMap::putUniform(size_t index, uint8_t value) {
    if (sourceAt(index)) sources_[index].reset();
    tiles_[index] = uniformTile(value);
    isOwn_[index] = false;
}

void LabelMap::shareUniform(size_t index) {
    if (isUniform(*tiles_[index])) putUniform(index, tiles_[index]->front());
}

void LabelMap::shareUniform(size_t index, const RectInImage& written) {
    if (written.width == kTile && written.bottom() % kTile == 0) shareUniform(index);
}

}  // namespace finebrush
