#pragma once

#include "tests/core/image/image_fixtures.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace finebrush::testing {

/// A TIFF of several pages; `prepare` as of `writeImage`, for each of them.
inline void writePages(const std::filesystem::path& file, const std::vector<PixelBuffer>& pages,
                       std::vector<std::string> options = {},
                       const std::function<void(GDALDataset&)>& prepare = {}) {
    for (const PixelBuffer& page : pages) {
        writeImage(file, "GTiff", page, options, prepare);
        if (&page == &pages.front()) options.push_back("APPEND_SUBDATASET=YES");
    }
}

/// A page of 8 × 8 bytes, all of one value.
struct SmallPage {
    uint8_t value = 0;
    uint32_t role = 0;  ///< NewSubfileType
};
inline constexpr int kSmallSide = 8;

/// What GDAL does not write, or not soon: each directory with its pixels behind it, little-endian.
/// `furtherEntries` of a directory have tags that nobody knows.
inline std::vector<uint8_t> encodeSmallPages(const std::vector<SmallPage>& pages, bool leadsBack = false,
                                             uint32_t furtherEntries = 0) {
    constexpr uint32_t kEntries = 9, kShort = 3, kLong = 4, kPixels = kSmallSide * kSmallSide, kFirst = 8;
    constexpr uint32_t kFurtherTag = 40000;
    const uint32_t directoryBytes = 2 + (kEntries + furtherEntries) * 12 + 4;
    std::vector<uint8_t> bytes = {'I', 'I', 42, 0};
    const auto append = [&](uint32_t value, int count) {
        for (int i = 0; i < count; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
    };
    append(kFirst, 4);
    for (const SmallPage& page : pages) {
        const auto pixels = static_cast<uint32_t>(bytes.size()) + directoryBytes;
        const uint32_t entries[kEntries][3] = {
            {254, kLong, page.role}, {256, kLong, kSmallSide}, {257, kLong, kSmallSide},
            {258, kShort, 8},        {259, kShort, 1},         {262, kShort, 1},
            {273, kLong, pixels},    {278, kLong, kSmallSide}, {279, kLong, kPixels}};
        const auto appendEntry = [&](uint32_t tag, uint32_t type, uint32_t value) {
            append(tag, 2);
            append(type, 2);
            append(1, 4);
            append(value, 4);
        };
        append(kEntries + furtherEntries, 2);
        for (const auto& [tag, type, value] : entries) appendEntry(tag, type, value);
        for (uint32_t i = 0; i < furtherEntries; ++i) appendEntry(kFurtherTag + i, kShort, 1);
        const bool isLast = &page == &pages.back();
        append(!isLast ? pixels + kPixels : leadsBack ? kFirst : 0, 4);
        bytes.insert(bytes.end(), kPixels, page.value);
    }
    return bytes;
}

}  // namespace finebrush::testing
