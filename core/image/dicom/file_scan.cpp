#include "core/image/dicom/file_scan.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <new>
#include <span>
#include <string_view>
#include <vector>

namespace finebrush::dicom {

namespace {

constexpr size_t kPreambleBytes = 128;
constexpr size_t kScannedBytes = 16384;  // file meta information is a few hundred
constexpr size_t kBytesAtOnce = size_t{1} << 18;
constexpr uint64_t kMostInflatedBytes = uint64_t{512} << 20;
constexpr int kRawDeflate = -15;
constexpr std::string_view kDeflated = "1.2.840.10008.1.2.1.99";

std::vector<uint8_t> firstBytes(const std::filesystem::path& file) {
    std::vector<uint8_t> bytes(kScannedBytes);
    std::ifstream stream(file, std::ios::binary);
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(stream.gcount()));
    return bytes;
}

/// True for a name that only DICOM files have.
bool hasDicomName(const std::filesystem::path& file) {
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char letter) { return std::tolower(letter); });
    return extension == ".dcm" || extension == ".dicom" || extension == ".ima";
}

/// True where a data set may begin: with an element of group 2 or 8, in either byte order.
bool beginsWithGroup(std::span<const uint8_t> bytes) {
    if (bytes.size() < 8) return false;
    const bool isLittle = (bytes[0] == 2 || bytes[0] == 8) && bytes[1] == 0;
    const bool isBig = bytes[0] == 0 && (bytes[1] == 2 || bytes[1] == 8);
    return isLittle || isBig;
}

/// Walks through the file meta information, whose elements are little-endian and name their types.
void scanMeta(std::span<const uint8_t> bytes, size_t offset, FileScan& scan) {
    const auto number = [&](size_t at, size_t count) {
        uint64_t value = 0;
        for (size_t i = 0; i < count; ++i) value |= uint64_t{bytes[at + i]} << 8 * i;
        return value;
    };
    while (offset + 12 <= bytes.size() && number(offset, 2) == 2) {
        const uint64_t element = number(offset + 2, 2);
        const std::string_view type(reinterpret_cast<const char*>(&bytes[offset + 4]), 2);
        const bool isLong = type == "OB" || type == "UN" || type == "UT" || type == "SQ" || type == "OW";
        const uint64_t length = isLong ? number(offset + 8, 4) : number(offset + 6, 2);
        offset += isLong ? 12 : 8;
        if (length > bytes.size() - offset) return;
        const std::string_view value(reinterpret_cast<const char*>(bytes.data()) + offset, length);
        if (element == 0x10) scan.isDeflated = value.substr(0, value.find('\0')) == kDeflated;
        offset += length;
    }
    scan.dataOffset = offset;
}

/// Counts the tag (FFFE,E000) in either byte order, wherever it stands.
class ItemCounter {
  public:
    void add(std::span<const uint8_t> bytes) {
        for (const uint8_t byte : bytes) {
            last_ = last_ << 8 | byte;
            if (last_ == 0xFEFF00E0 || last_ == 0xFFFEE000) ++count_;
        }
    }
    uint64_t count() const { return count_; }

  private:
    uint32_t last_ = 0;
    uint64_t count_ = 0;
};

size_t readSome(std::istream& stream, std::span<uint8_t> bytes) {
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return static_cast<size_t>(stream.gcount());
}

/// Inflates a stream piece by piece; false where it makes too much. What is damaged in it is left to DCMTK.
bool inflateThrough(std::istream& stream, ItemCounter& counter) {
    z_stream inflater{};
    if (inflateInit2(&inflater, kRawDeflate) != Z_OK) throw std::bad_alloc();
    std::vector<uint8_t> packed(kBytesAtOnce), bytes(kBytesAtOnce);
    int outcome = Z_OK;
    while (outcome == Z_OK && inflater.total_out <= kMostInflatedBytes) {
        if (inflater.avail_in == 0) {
            inflater.avail_in = static_cast<uInt>(readSome(stream, packed));
            inflater.next_in = packed.data();
        }
        inflater.next_out = bytes.data();
        inflater.avail_out = static_cast<uInt>(bytes.size());
        outcome = inflate(&inflater, Z_NO_FLUSH);
        counter.add(std::span(bytes).first(bytes.size() - inflater.avail_out));
    }
    const bool isBounded = inflater.total_out <= kMostInflatedBytes;
    inflateEnd(&inflater);
    return isBounded;
}

}  // namespace

FileScan scanFile(const std::filesystem::path& file) {
    FileScan scan;
    const std::vector<uint8_t> bytes = firstBytes(file);
    constexpr std::string_view kMagic = "DICM";
    const bool hasPreamble = bytes.size() >= kPreambleBytes + kMagic.size() &&
                             std::equal(kMagic.begin(), kMagic.end(), bytes.begin() + kPreambleBytes);
    scan.isDicom = hasPreamble || (hasDicomName(file) && beginsWithGroup(bytes));
    if (scan.isDicom) scanMeta(bytes, hasPreamble ? kPreambleBytes + kMagic.size() : 0, scan);
    return scan;
}

std::optional<uint64_t> countItems(const std::filesystem::path& file, const FileScan& scan) {
    std::ifstream stream(file, std::ios::binary);
    ItemCounter counter;
    if (!scan.isDeflated) {
        std::vector<uint8_t> bytes(kBytesAtOnce);
        while (const size_t count = readSome(stream, bytes)) counter.add(std::span(bytes).first(count));
        return counter.count();
    }
    stream.seekg(static_cast<std::streamoff>(scan.dataOffset));
    return inflateThrough(stream, counter) ? std::optional<uint64_t>(counter.count()) : std::nullopt;
}

}  // namespace finebrush::dicom
