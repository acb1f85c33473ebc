#include "core/image/raster/opening_cost.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

namespace {

/// Of a BMP of run lengths: a second or so, and a byte each.
constexpr int64_t kMostUnpackedPixels = int64_t{64} << 20;
/// Of what OpenJPEG keeps of each tile, whether it is there or not.
constexpr double kMostTableBytes = 256 << 20;
constexpr double kTileBytes = 9000, kTileBandBytes = 1100;
/// Of the blocks of a tile, in all bands; OpenJPEG keeps some 0.1 bytes for each.
constexpr double kMostTileSamples = 0x1p31;

constexpr std::array<uint8_t, 4> kCodestreamBegin = {0xFF, 0x4F, 0xFF, 0x51};

/// Fewer bytes where the file ends.
std::vector<uint8_t> bytesAt(std::ifstream& file, uint64_t place, size_t count) {
    std::vector<uint8_t> bytes(count);
    file.clear();
    file.seekg(static_cast<std::streamoff>(place));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<size_t>(file.gcount()));
    return bytes;
}

uint64_t bigEndian(std::span<const uint8_t> bytes) {
    uint64_t value = 0;
    for (const uint8_t byte : bytes) value = value << 8 | byte;
    return value;
}

uint32_t littleEndian32(std::span<const uint8_t> bytes, size_t place) {
    uint32_t value = 0;
    for (size_t i = 4; i-- > 0;) value = value << 8 | bytes[place + i];
    return value;
}

Result<void> requireFewRunLengths(const std::filesystem::path& path, std::span<const uint8_t> head) {
    constexpr uint32_t kOldHeaderBytes = 12;  // it says nothing of compression
    const uint32_t compression = littleEndian32(head, 30);
    const bool isOfRunLengths = compression == 1 || compression == 2;
    if (littleEndian32(head, 14) == kOldHeaderBytes || !isOfRunLengths) return {};
    const auto side = [&](size_t place) {
        return std::abs(int64_t{static_cast<int32_t>(littleEndian32(head, place))});  // rows may go down
    };
    const int64_t width = side(18), height = side(22);
    if (height == 0 || width <= kMostUnpackedPixels / height) return {};
    return tooLarge(path, std::to_string(width), std::to_string(height),
                    static_cast<uint64_t>(kMostUnpackedPixels));
}

/// Where the codestream begins in the boxes of a JP2; nothing where it is not found.
std::optional<uint64_t> codestreamOf(std::ifstream& file) {
    uint64_t place = 0;
    while (true) {
        const std::vector<uint8_t> box = bytesAt(file, place, 16);
        if (box.size() < 16) return std::nullopt;
        const std::span<const uint8_t> head(box);
        const bool isLong = bigEndian(head.first(4)) == 1;
        const uint64_t headBytes = isLong ? 16 : 8;
        if (bigEndian(head.subspan(4, 4)) == 0x6A703263) return place + headBytes;  // jp2c
        const uint64_t bytes = bigEndian(isLong ? head.subspan(8, 8) : head.first(4));
        if (bytes < headBytes || bytes > uint64_t{1} << 48) return std::nullopt;
        place += bytes;
    }
}

/// ISO/IEC 15444-1, A.5.1.
Result<void> requireSmallTables(const std::filesystem::path& path, std::ifstream& file, uint64_t codestream) {
    const std::vector<uint8_t> bytes = bytesAt(file, codestream, 42);
    if (bytes.size() < 42 || !std::equal(kCodestreamBegin.begin(), kCodestreamBegin.end(), bytes.begin()))
        return unreadable(path, "it cannot be decoded");
    const std::span<const uint8_t> head(bytes);
    const auto number = [&](size_t at) { return bigEndian(head.subspan(at, 4)); };
    const uint64_t bands = bigEndian(head.subspan(40, 2));
    double tiles = 1, tileSamples = static_cast<double>(bands);
    for (const size_t axis : {size_t{0}, size_t{4}}) {
        const uint64_t end = number(8 + axis), begin = number(32 + axis), tile = number(24 + axis);
        if (tile == 0 || end <= begin) return unreadable(path, "it cannot be decoded");
        tiles *= static_cast<double>((end - begin - 1) / tile + 1);
        tileSamples *= static_cast<double>(std::min(tile, end - begin));
    }
    const double tableBytes = tiles * (kTileBytes + kTileBandBytes * static_cast<double>(bands));
    if (tableBytes <= kMostTableBytes && tileSamples <= kMostTileSamples) return {};
    return unsupported(path, formatted("JPEG 2000 of %.0f tiles with %.0f samples each", tiles, tileSamples));
}

}  // namespace

Result<void> requireCheapOpening(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::vector<uint8_t> head = bytesAt(stream, 0, 34);
    if (head.size() < 34) return {};
    if (head[0] == 'B' && head[1] == 'M') return requireFewRunLengths(file, head);
    const bool isCodestream = std::equal(kCodestreamBegin.begin(), kCodestreamBegin.end(), head.begin());
    if (isCodestream) return requireSmallTables(file, stream, 0);
    const bool isJp2 = bigEndian(std::span(head).subspan(4, 4)) == 0x6A502020;
    const std::optional<uint64_t> codestream = isJp2 ? codestreamOf(stream) : std::nullopt;
    return codestream ? requireSmallTables(file, stream, *codestream) : Result<void>();
}

}  // namespace finebrush
