#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace finebrush::testing {

// Files of few bytes whose headers claim other sizes than there are.

inline constexpr uint8_t kGreyOfRun = 77;

/// A BMP of 256 greys that holds one row of run lengths at most. Compression 0: none, 1: run lengths.
inline std::vector<uint8_t> bmpOfOneRun(int width, int height, uint32_t compression) {
    constexpr uint32_t kColours = 256, kPixels = 14 + 40 + 4 * kColours;
    std::vector<uint8_t> bmp = {'B', 'M'};
    const auto append = [&](uint32_t number, size_t count) {
        for (size_t i = 0; i < count; ++i) bmp.push_back(static_cast<uint8_t>(number >> (8 * i)));
    };
    append(kPixels + 4, 4);  // of the file
    append(0, 4);
    append(kPixels, 4);
    append(40, 4);  // of what follows up to the colours
    append(static_cast<uint32_t>(width), 4);
    append(static_cast<uint32_t>(height), 4);
    append(1, 2);  // planes
    append(8, 2);  // bits
    append(compression, 4);
    for (int i = 0; i < 5; ++i) append(0, 4);
    for (uint32_t grey = 0; grey < kColours; ++grey) append(grey * 0x010101, 4);
    bmp.insert(bmp.end(), {static_cast<uint8_t>(std::min(width, 255)), kGreyOfRun, 0, 1});
    return bmp;
}

inline void putBigEndian(std::vector<uint8_t>& bytes, size_t at, uint32_t number, size_t count) {
    for (size_t i = 0; i < count; ++i) bytes[at + i] = static_cast<uint8_t>(number >> (8 * (count - 1 - i)));
}

/// A JPEG of one frame whose header claims another size.
inline std::vector<uint8_t> jpegOfSize(std::vector<uint8_t> jpeg, uint32_t side) {
    for (size_t at = 2; at + 9 < jpeg.size();) {
        if (jpeg[at + 1] == 0xC0 || jpeg[at + 1] == 0xC2) {  // baseline, progressive
            putBigEndian(jpeg, at + 5, side, 2);
            putBigEndian(jpeg, at + 7, side, 2);
            return jpeg;
        }
        at += 2 + (size_t{jpeg[at + 2]} << 8 | jpeg[at + 3]);
    }
    throw std::logic_error("no frame");
}

/// Where the codestream of a JPEG 2000 begins.
inline std::vector<uint8_t>::iterator codestreamOf(std::vector<uint8_t>& jp2) {
    constexpr std::array<uint8_t, 4> kBegin = {0xFF, 0x4F, 0xFF, 0x51};
    return std::search(jp2.begin(), jp2.end(), kBegin.begin(), kBegin.end());
}

/// A JP2 whose header claims another size, and other tiles.
inline std::vector<uint8_t> jp2OfSize(std::vector<uint8_t> jp2, uint32_t side, uint32_t tileSide) {
    constexpr std::array<uint8_t, 4> kHeaderBox = {'i', 'h', 'd', 'r'};
    const auto box = std::search(jp2.begin(), jp2.end(), kHeaderBox.begin(), kHeaderBox.end());
    const auto boxAt = static_cast<size_t>(box - jp2.begin());
    const auto codesAt = static_cast<size_t>(codestreamOf(jp2) - jp2.begin());
    for (const size_t axis : {size_t{0}, size_t{4}}) {
        putBigEndian(jp2, boxAt + 4 + axis, side, 4);
        putBigEndian(jp2, codesAt + 8 + axis, side, 4);
        putBigEndian(jp2, codesAt + 24 + axis, tileSide, 4);
    }
    return jp2;
}

}  // namespace finebrush::testing
