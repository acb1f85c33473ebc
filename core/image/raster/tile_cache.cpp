#include "core/image/raster/tile_cache.h"

#include "core/image/raster/raw_samples.h"

namespace finebrush {

TileCache::Tile TileCache::find(const TileAddress& address) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(address);
    if (place == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, place->second);
    return entries_.front().second;
}

void TileCache::keep(const TileAddress& address, Tile tile) {
    const std::lock_guard lock(mutex_);
    if (bytesOf(*tile) > maxBytes_ || places_.contains(address)) return;
    bytes_ += bytesOf(*tile);
    entries_.emplace_front(address, std::move(tile));
    places_[address] = entries_.begin();
    while (bytes_ > maxBytes_) {
        bytes_ -= bytesOf(*entries_.back().second);
        places_.erase(entries_.back().first);
        entries_.pop_back();
    }
}

}  // namespace finebrush
