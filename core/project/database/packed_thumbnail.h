#pragma once

#include "core/image/display/thumbnail.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace finebrush {

/// A thumbnail that is unpacked when it is looked at: of ten thousand images, few are on the screen at a
/// time. Copies share what is packed.
class PackedThumbnail {
  public:
    PackedThumbnail() = default;
    PackedThumbnail(
        const Thumbnail& thumbnail);  // NOLINT(google-explicit-constructor): one packs to the other
    /// What a file holds; nothing where the data cannot be of this size.
    static std::optional<PackedThumbnail> fromPacked(PixelSize size, std::span<const uint8_t> packed);

    PixelSize size() const { return size_; }
    std::span<const uint8_t> packed() const {
        return packed_ ? std::span<const uint8_t>(*packed_) : std::span<const uint8_t>();
    }
    /// Row-major 8-bit RGB; empty where there is none, or the data is damaged.
    std::vector<uint8_t> rgb() const;
    /// True for copies of one thumbnail.
    bool operator==(const PackedThumbnail& other) const { return packed_ == other.packed_; }

  private:
    PixelSize size_;
    std::shared_ptr<const std::vector<uint8_t>> packed_;
};

}  // namespace finebrush
