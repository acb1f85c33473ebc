#include "core/image/tile_cache.h"

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
    if (tile->bytes.size() > maxBytes_ || places_.contains(address)) return;
    bytes_ += tile->bytes.size();
    entries_.emplace_front(address, std::move(tile));
    places_[address] = entries_.begin();
    while (bytes_ > maxBytes_) {
        bytes_ -= entries_.back().second->bytes.size();
        places_.erase(entries_.back().first);
        entries_.pop_back();
    }
}

}  // namespace finebrush
