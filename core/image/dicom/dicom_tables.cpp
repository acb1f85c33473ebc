#include "core/image/dicom/dicom_tables.h"

#include "core/image/dicom/dicom_elements.h"

#include <algorithm>
#include <cmath>

namespace finebrush::dicom {

namespace {

constexpr int kMostEntries = 65536;
constexpr double kMostBits = 16;
constexpr int kDiscrete = 0, kLinear = 1, kIndirect = 2;

/// A table's size, first stored value and depth; `entries` of the table are zero, and empty where the
/// descriptor is damaged.
LookupTable described(DcmItem& item, const DcmTagKey& descriptor, bool isSigned) {
    LookupTable table;
    const std::vector<double> numbers = numbersOf(item, descriptor, 3);
    const auto isWhole = [](double number) {
        return number == std::floor(number) && std::abs(number) <= double{kMostEntries};
    };
    if (numbers.size() != 3 || !std::ranges::all_of(numbers, isWhole)) return table;
    if (numbers[2] < 1 || numbers[2] > kMostBits) return table;
    auto count = static_cast<int>(numbers[0]);
    if (count <= 0) count += kMostEntries;  // 0 stands for 65536; of a signed descriptor, large ones wrap
    table.entries.resize(static_cast<size_t>(count));
    table.firstMapped = static_cast<int>(numbers[1]);
    if (isSigned && table.firstMapped > 32767) table.firstMapped -= 65536;
    table.bits = static_cast<int>(numbers[2]);
    return table;
}

/// Splits words into bytes, low ones first, where a table has two entries in a word.
std::vector<uint16_t> entriesFrom(std::vector<uint16_t> words, size_t count) {
    if (words.size() >= count || words.size() * 2 < count) return words;
    std::vector<uint16_t> bytes;
    for (const uint16_t word : words) {
        bytes.push_back(word & 0xFF);
        bytes.push_back(word >> 8);
    }
    return bytes;
}

/// Fills a described table; empty where there are too few entries.
void fill(LookupTable& table, std::vector<uint16_t> entries) {
    const size_t count = table.entries.size();
    entries = entriesFrom(std::move(entries), count);
    if (entries.size() < count) {
        table.entries.clear();
        return;
    }
    entries.resize(count);
    table.entries = std::move(entries);
}

/// Adds the segments from `position` on, at most `most` of them, to `entries`; false where they are damaged.
bool addSegments(const std::vector<uint16_t>& segments, size_t position, size_t most, bool mayRefer,
                 std::vector<uint16_t>& entries) {
    for (size_t done = 0; done < most && position + 2 < segments.size(); ++done) {
        const int kind = segments[position];
        const size_t length = segments[position + 1];
        position += 2;
        if (entries.size() + length > size_t{kMostEntries}) return false;
        if (kind == kDiscrete) {
            if (position + length > segments.size()) return false;
            entries.insert(entries.end(), segments.begin() + static_cast<std::ptrdiff_t>(position),
                           segments.begin() + static_cast<std::ptrdiff_t>(position + length));
            position += length;
        } else if (kind == kLinear && !entries.empty()) {
            const double from = entries.back(), to = segments[position++];
            for (size_t i = 1; i <= length; ++i) {
                const double share = static_cast<double>(i) / static_cast<double>(length);
                entries.push_back(static_cast<uint16_t>(std::nearbyint(from + (to - from) * share)));
            }
        } else if (kind == kIndirect && mayRefer && !entries.empty() && position + 2 <= segments.size()) {
            const size_t offset = segments[position] + (size_t{segments[position + 1]} << 16);
            position += 2;
            if (!addSegments(segments, offset / 2, length, false, entries)) return false;
        } else {
            return false;
        }
    }
    return true;
}

struct PaletteTags {
    DcmTagKey descriptor, data, segments;
};

}  // namespace

std::vector<uint16_t> expandSegments(const std::vector<uint16_t>& segments) {
    std::vector<uint16_t> entries;
    if (!addSegments(segments, 0, segments.size(), true, entries)) entries.clear();
    return entries;
}

std::array<LookupTable, 3> paletteOf(DcmItem& dataset) {
    const std::array<PaletteTags, 3> tags = {
        {{DCM_RedPaletteColorLookupTableDescriptor, DCM_RedPaletteColorLookupTableData,
          DCM_SegmentedRedPaletteColorLookupTableData},
         {DCM_GreenPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableData,
          DCM_SegmentedGreenPaletteColorLookupTableData},
         {DCM_BluePaletteColorLookupTableDescriptor, DCM_BluePaletteColorLookupTableData,
          DCM_SegmentedBluePaletteColorLookupTableData}}};
    std::array<LookupTable, 3> palette;
    for (size_t i = 0; i < palette.size(); ++i) {
        palette[i] = described(dataset, tags[i].descriptor, false);
        std::vector<uint16_t> entries = wordsOf(dataset, tags[i].data);
        if (entries.empty()) entries = expandSegments(wordsOf(dataset, tags[i].segments));
        fill(palette[i], std::move(entries));
    }
    // Some writers announce 16 bits and store 8.
    const bool isNarrow = std::ranges::all_of(palette, [](const LookupTable& table) {
        return std::ranges::all_of(table.entries, [](uint16_t entry) { return entry <= 255; });
    });
    for (LookupTable& table : palette) {
        if (isNarrow) table.bits = 8;
    }
    return palette;
}

LookupTable modalityTableOf(DcmItem& dataset) {
    DcmItem* item = itemOf(dataset, DCM_ModalityLUTSequence);
    if (!item) return {};
    const bool isSigned = wholeNumberOf(dataset, DCM_PixelRepresentation).value_or(0) == 1;
    LookupTable table = described(*item, DCM_LUTDescriptor, isSigned);
    fill(table, wordsOf(*item, DCM_LUTData));
    return table;
}

}  // namespace finebrush::dicom
