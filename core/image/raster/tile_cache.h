#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/tile_grid.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace finebrush {

/// Decoded tiles that were used last, of so many bytes at most. Any thread.
class TileCache {
  public:
    using Tile = std::shared_ptr<const PixelBuffer>;

    explicit TileCache(uint64_t maxBytes) : maxBytes_(maxBytes) {}

    /// Null where the tile is not kept.
    Tile find(const TileAddress& address);
    void keep(const TileAddress& address, Tile tile);

  private:
    using Entry = std::pair<TileAddress, Tile>;

    uint64_t maxBytes_;
    std::mutex mutex_;
    uint64_t bytes_ = 0;
    std::list<Entry> entries_;  ///< used last first
    std::unordered_map<TileAddress, std::list<Entry>::iterator, TileHash> places_;
};

}  // namespace finebrush
