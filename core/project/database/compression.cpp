#include "core/project/database/compression.h"

#include <zlib.h>

#include <new>

namespace finebrush {

namespace {

constexpr size_t kLengthBytes = 8;
constexpr uint64_t kLargestRatio = 1040;  // of deflate is 1032

}  // namespace

std::vector<uint8_t> compressed(std::span<const uint8_t> bytes) {
    uLongf room = compressBound(bytes.size());
    std::vector<uint8_t> data(kLengthBytes + room);
    for (size_t i = 0; i < kLengthBytes; ++i) {
        data[i] = static_cast<uint8_t>(static_cast<uint64_t>(bytes.size()) >> (8 * i));
    }
    // An empty vector has no address, which zlib does not take.
    const Bytef nothing = 0;
    const Bytef* source = bytes.empty() ? &nothing : bytes.data();
    if (compress2(data.data() + kLengthBytes, &room, source, bytes.size(), Z_BEST_SPEED) != Z_OK) {
        throw std::bad_alloc();  // the room suffices, so that only memory can be lacking
    }
    data.resize(kLengthBytes + room);
    data.shrink_to_fit();  // it may be kept for long
    return data;
}

std::optional<uint64_t> unpackedLength(std::span<const uint8_t> data) {
    if (data.size() <= kLengthBytes) return std::nullopt;
    uint64_t length = 0;
    for (size_t i = 0; i < kLengthBytes; ++i) length |= static_cast<uint64_t>(data[i]) << (8 * i);
    return length;
}

std::optional<std::vector<uint8_t>> decompressed(std::span<const uint8_t> data) {
    const std::optional<uint64_t> length = unpackedLength(data);
    if (!length) return std::nullopt;
    const std::span<const uint8_t> stream = data.subspan(kLengthBytes);
    if (*length > stream.size() * kLargestRatio) return std::nullopt;

    std::vector<uint8_t> bytes(*length);
    Bytef nothing = 0;
    uLongf filled = bytes.size();
    Bytef* target = bytes.empty() ? &nothing : bytes.data();
    if (uncompress(target, &filled, stream.data(), stream.size()) != Z_OK || filled != *length)
        return std::nullopt;
    return bytes;
}

}  // namespace finebrush
