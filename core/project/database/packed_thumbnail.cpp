#include "core/project/database/packed_thumbnail.h"

#include "core/project/database/compression.h"

namespace finebrush {

namespace {

size_t rgbBytes(PixelSize size) {
    return static_cast<size_t>(size.area()) * 3;
}

}  // namespace

PackedThumbnail::PackedThumbnail(const Thumbnail& thumbnail)
    : size_(thumbnail.size),
      packed_(std::make_shared<const std::vector<uint8_t>>(compressed(thumbnail.rgb))) {}

std::optional<PackedThumbnail> PackedThumbnail::fromPacked(PixelSize size, std::span<const uint8_t> packed) {
    if (size.width < 0 || size.height < 0 || unpackedLength(packed) != rgbBytes(size)) return std::nullopt;
    PackedThumbnail thumbnail;
    thumbnail.size_ = size;
    thumbnail.packed_ = std::make_shared<const std::vector<uint8_t>>(packed.begin(), packed.end());
    return thumbnail;
}

std::vector<uint8_t> PackedThumbnail::rgb() const {
    if (!packed_) return {};
    std::optional<std::vector<uint8_t>> rgb = decompressed(*packed_);
    return rgb && rgb->size() == rgbBytes(size_) ? std::move(*rgb) : std::vector<uint8_t>();
}

}  // namespace finebrush
