#include "core/labels/label_counts.h"

#include <array>
#include <cstring>

namespace finebrush {

namespace {

template <typename Count>
LabelCounts fromArray(const std::array<Count, 256>& counts) {
    LabelCounts result;
    for (int value = 0; value < kUnlabelled; ++value)
        result.add(static_cast<uint8_t>(value), counts[static_cast<size_t>(value)]);
    return result;
}

}  // namespace

LabelCounts LabelCounts::of(const LabelMap& labels) {
    return fromArray(labels.histogram());
}

LabelCounts LabelCounts::of(const LabelMap::Tile& tile, const RectInImage& part) {
    constexpr uint64_t kEightUnlabelled = ~uint64_t{0};  // most of a tile, and passed over together
    std::array<int32_t, 256> counts{};
    for (int y = 0; y < part.height; ++y) {
        const uint8_t* pixel = tile.data() + static_cast<ptrdiff_t>(y) * LabelMap::kTileSize;
        const uint8_t* end = pixel + part.width;
        while (pixel != end) {
            uint64_t eight = 0;
            if (end - pixel >= 8) std::memcpy(&eight, pixel, 8);
            if (eight == kEightUnlabelled) {
                pixel += 8;
            } else {
                ++counts[*pixel++];
            }
        }
    }
    return fromArray(counts);
}

void LabelCounts::add(uint8_t value, int64_t pixels) {
    if (value == kUnlabelled || pixels == 0) return;
    const auto known = byValue_.try_emplace(value, 0).first;
    known->second += pixels;
    if (known->second == 0) byValue_.erase(known);
}

LabelCounts& LabelCounts::operator+=(const LabelCounts& other) {
    for (const auto& [value, pixels] : other.byValue_) add(value, pixels);
    return *this;
}

LabelCounts& LabelCounts::operator-=(const LabelCounts& other) {
    for (const auto& [value, pixels] : other.byValue_) add(value, -pixels);
    return *this;
}

int64_t LabelCounts::of(uint8_t value) const {
    const auto found = byValue_.find(value);
    return found == byValue_.end() ? 0 : found->second;
}

int64_t LabelCounts::total() const {
    int64_t pixels = 0;
    for (const auto& [value, ofValue] : byValue_) pixels += ofValue;
    return pixels;
}

}  // namespace finebrush
