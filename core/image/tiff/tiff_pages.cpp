#include "core/image/tiff/tiff_pages.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"

#include <algorithm>
#include <cmath>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <fstream>
#include <span>
#include <string>
#include <system_error>
#include <unordered_set>

namespace finebrush::tiff {

namespace {

constexpr uint64_t kMostEntries = 4096;  // as libtiff: of more it is no directory
constexpr size_t kMostDirectories = size_t{1} << 16;
/// In all directories together, which may overlap in a file that was made to keep somebody waiting.
constexpr uint64_t kMostEntriesInAll = uint64_t{1} << 24;
/// Of a page: programs write few, and libtiff, which opens each page, takes a time that grows by their
/// square.
constexpr uint64_t kMostEntriesOfPage = 512;
constexpr uint64_t kEntriesLikeASeek = 64;  // take as long
constexpr uint64_t kShortestHeader = 8;

/// Numbers of the TIFF 6.0 specification, and of GeoTIFF.
enum Tag : uint16_t {
    NewSubfileType = 254,
    SubfileType = 255,
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    PhotometricInterpretation = 262,
    SamplesPerPixel = 277,
    ExtraSamples = 338,
    SampleFormat = 339,
    ModelPixelScale = 33550,
    ModelTransformation = 34264,
};

/// How the numbers of a file are written.
struct NumberForm {
    bool isBigTiff = false;
    bool isBigEndian = false;

    size_t countBytes() const { return isBigTiff ? 8 : 2; }  ///< of the entries of a directory
    size_t entryBytes() const { return isBigTiff ? 20 : 12; }
    size_t placeBytes() const { return isBigTiff ? 8 : 4; }

    uint64_t number(std::span<const uint8_t> bytes) const {
        uint64_t value = 0;
        for (size_t i = 0; i < bytes.size(); ++i)
            value = value << 8 | bytes[isBigEndian ? i : bytes.size() - 1 - i];
        return value;
    }
    void append(uint64_t value, size_t count, std::vector<uint8_t>& bytes) const {
        for (size_t i = 0; i < count; ++i) {
            const size_t shift = 8 * (isBigEndian ? count - 1 - i : i);
            bytes.push_back(static_cast<uint8_t>(value >> shift));
        }
    }
};

/// Bytes of a whole number of a type; 0 for other types.
size_t bytesOfType(uint64_t type) {
    constexpr uint64_t kByte = 1, kShort = 3, kLong = 4, kLong8 = 16;
    return type == kByte ? 1 : type == kShort ? 2 : type == kLong ? 4 : type == kLong8 ? 8 : 0;
}

struct Directory {
    PageKind kind;
    uint64_t role = 0;  ///< NewSubfileType: bits for an overview, a page and a mask
    bool isPlaced = false;
    uint64_t entries = 0;
    uint64_t nextField = 0;
    uint64_t next = 0;  ///< 0: it is the last one

    /// As GDAL counts them.
    bool isPage() const { return role == 0 || role == kPage; }
    void note(uint64_t tag, uint64_t value);

    static constexpr uint64_t kReduced = 1, kPage = 2;
};

void Directory::note(uint64_t tag, uint64_t value) {
    constexpr uint64_t kOldReduced = 2;
    switch (tag) {
        case NewSubfileType:
            role = value;
            break;
        case SubfileType:
            if (value == kOldReduced) role |= kReduced;
            break;
        case ImageWidth:
            kind.width = value;
            break;
        case ImageLength:
            kind.height = value;
            break;
        case BitsPerSample:
            kind.bits = value;
            break;
        case PhotometricInterpretation:
            kind.photometric = value;
            break;
        case SamplesPerPixel:
            kind.bands = value;
            break;
        case ExtraSamples:
            kind.extraSamples = value + 1;
            break;
        case SampleFormat:
            kind.sampleFormat = value;
            break;
        case ModelPixelScale:
        case ModelTransformation:
            isPlaced = true;
            break;
        default:
            break;
    }
}

/// A file that may be a TIFF, read at single places.
class DirectoryReader {
  public:
    explicit DirectoryReader(const std::filesystem::path& file) : stream_(file, std::ios::binary) {
        std::error_code problem;
        const uintmax_t length = std::filesystem::file_size(file, problem);
        fileBytes_ = problem ? 0 : length;
    }

    uint64_t fileBytes() const { return fileBytes_; }
    const NumberForm& form() const { return form_; }

    /// Where the first directory lies; nothing for what is no TIFF.
    std::optional<uint64_t> begin() {
        const std::vector<uint8_t> start = bytesAt(0, 4);
        if (start.empty() || start[0] != start[1] || (start[0] != 'I' && start[0] != 'M'))
            return std::nullopt;
        constexpr uint64_t kClassic = 42, kBig = 43, kBigPlace = 8;
        form_.isBigEndian = start[0] == 'M';
        const uint64_t version = form_.number(std::span(start).subspan(2));
        if (version != kClassic && version != kBig) return std::nullopt;
        form_.isBigTiff = version == kBig;
        const std::vector<uint8_t> place = bytesAt(form_.isBigTiff ? kBigPlace : 4, form_.placeBytes());
        return place.empty() ? std::nullopt : std::optional(form_.number(place));
    }

    /// Nothing where the file ends before, or holds something else there.
    std::optional<Directory> directoryAt(uint64_t place) {
        if (place < kShortestHeader) return std::nullopt;
        const std::vector<uint8_t> counted = bytesAt(place, form_.countBytes());
        const uint64_t count = form_.number(counted);
        if (counted.empty() || count == 0 || count > kMostEntries) return std::nullopt;
        entries_ += count;
        if (entries_ > kMostEntriesInAll) return std::nullopt;
        const size_t length = count * form_.entryBytes();
        const uint64_t first = place + form_.countBytes();
        const std::vector<uint8_t> bytes = bytesAt(first, length + form_.placeBytes());
        if (bytes.empty()) return std::nullopt;
        Directory directory;
        for (size_t at = 0; at < length; at += form_.entryBytes()) {
            const auto entry = std::span(bytes).subspan(at, form_.entryBytes());
            directory.note(form_.number(entry.first(2)), firstValue(entry));
        }
        directory.entries = count;
        directory.nextField = first + length;
        directory.next = form_.number(std::span(bytes).subspan(length));
        return directory;
    }

  private:
    /// Empty where the file does not hold all of them.
    std::vector<uint8_t> bytesAt(uint64_t place, size_t count) {
        if (place > fileBytes_ || count > fileBytes_ - place) return {};
        std::vector<uint8_t> bytes(count);
        stream_.clear();
        stream_.seekg(static_cast<std::streamoff>(place));
        stream_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
        if (!stream_) bytes.clear();
        return bytes;
    }

    /// The first number of an entry, where it holds whole numbers and belongs to what is noted; else 0.
    uint64_t firstValue(std::span<const uint8_t> entry) {
        const size_t bytes = bytesOfType(form_.number(entry.subspan(2, 2)));
        const uint64_t count = form_.number(entry.subspan(4, form_.placeBytes()));
        const auto field = entry.subspan(4 + form_.placeBytes(), form_.placeBytes());
        if (bytes == 0 || count == 0) return 0;
        if (count <= form_.placeBytes() / bytes) return form_.number(field.first(bytes));
        const uint64_t tag = form_.number(entry.first(2));
        const bool mayBeLong = tag == BitsPerSample || tag == SampleFormat || tag == ExtraSamples;
        if (!mayBeLong) return 0;
        entries_ += kEntriesLikeASeek;
        return form_.number(bytesAt(form_.number(field), bytes));
    }

    std::ifstream stream_;
    uint64_t fileBytes_ = 0;
    uint64_t entries_ = 0;  ///< that were read
    NumberForm form_;
};

/// GDAL takes the name of a part's file as XML, which has no such letters.
bool canBeNamed(const std::filesystem::path& file) {
    return std::ranges::none_of(file.string(), [](unsigned char letter) { return letter < 0x20; });
}

std::string escaped(const std::string& text) {
    char* copy = CPLEscapeString(text.c_str(), static_cast<int>(text.size()), CPLES_XML);
    std::string result(copy);
    CPLFree(copy);
    return result;
}

/// A part of a file of GDAL's /vsisparse/, taken from another file.
std::string regionOf(const std::string& file, uint64_t to, uint64_t from, uint64_t bytes) {
    if (bytes == 0) return {};
    return formatted(
        "<SubfileRegion><Filename relative=\"0\">%s</Filename>"
        "<DestinationOffset>%llu</DestinationOffset><SourceOffset>%llu</SourceOffset>"
        "<RegionLength>%llu</RegionLength></SubfileRegion>",
        escaped(file).c_str(), static_cast<unsigned long long>(to), static_cast<unsigned long long>(from),
        static_cast<unsigned long long>(bytes));
}

NumberForm formOf(const PageStack& stack) {
    return {stack.isBigTiff, stack.isBigEndian};
}

/// The beginning of a TIFF whose first directory lies at a place.
std::vector<uint8_t> encodeHeader(const NumberForm& form, uint64_t directory) {
    const uint8_t order = form.isBigEndian ? 'M' : 'I';
    std::vector<uint8_t> bytes = {order, order};
    form.append(form.isBigTiff ? 43 : 42, 2, bytes);
    if (form.isBigTiff) {
        form.append(form.placeBytes(), 2, bytes);
        form.append(0, 2, bytes);
    }
    form.append(directory, form.placeBytes(), bytes);
    return bytes;
}

/// The file of a stack but for its header and for where a page names the next one.
std::string describePage(const PageStack& stack, const PageStack::Page& page, const std::string& header,
                         uint64_t headerBytes, const std::string& end, uint64_t endBytes) {
    const std::string file = stack.file.string();
    const uint64_t behind = page.nextField + endBytes;
    return formatted("<VSISparseFile><Length>%llu</Length>",
                     static_cast<unsigned long long>(stack.fileBytes)) +
           regionOf(header, 0, 0, headerBytes) +
           regionOf(file, headerBytes, headerBytes, page.nextField - headerBytes) +
           regionOf(end, page.nextField, 0, endBytes) +
           regionOf(file, behind, behind, stack.fileBytes - behind) + "</VSISparseFile>";
}

/// About what a page takes.
double decodedBytes(const PageKind& kind) {
    constexpr uint64_t kPalette = 3;
    const double samples = kind.photometric == kPalette ? 3 : static_cast<double>(kind.bands);
    return static_cast<double>(kind.width) * static_cast<double>(kind.height) * samples *
           std::ceil(static_cast<double>(kind.bits) / 8);
}

/// As `pagesIn`, however large a page is.
std::optional<PageStack> pagesOfAnySize(const std::filesystem::path& path) {
    const Result<std::filesystem::path> file = plainFilePath(path);
    if (!file || !canBeNamed(*file)) return std::nullopt;
    DirectoryReader reader(*file);
    const std::optional<uint64_t> begin = reader.begin();
    if (!begin) return std::nullopt;
    PageStack stack{*file, reader.fileBytes(), reader.form().isBigTiff, reader.form().isBigEndian, {}, {}};
    std::unordered_set<uint64_t> seen;
    for (uint64_t place = *begin; place != 0;) {
        const std::optional<Directory> directory =
            seen.insert(place).second ? reader.directoryAt(place) : std::nullopt;
        stack.isBroken = !directory;
        if (stack.isBroken) break;
        if (seen.size() > kMostDirectories) return std::nullopt;
        if (directory->isPage()) {
            if (stack.pages.empty()) stack.kind = directory->kind;
            if (directory->isPlaced || directory->kind != stack.kind ||
                directory->entries > kMostEntriesOfPage)
                return std::nullopt;
            stack.pages.push_back({place, directory->nextField});
        }
        place = directory->next;
    }
    if (stack.pages.size() < 2) return std::nullopt;
    return stack;
}

bool isTooLarge(const PageKind& kind) {
    return decodedBytes(kind) > static_cast<double>(kMostPageBytes);
}

}  // namespace

std::optional<PageStack> pagesIn(const std::filesystem::path& path) {
    std::optional<PageStack> stack = pagesOfAnySize(path);
    if (stack && isTooLarge(stack->kind)) return std::nullopt;
    return stack;
}

size_t countTooLargePages(const std::filesystem::path& path) {
    const std::optional<PageStack> stack = pagesOfAnySize(path);
    return stack && isTooLarge(stack->kind) ? stack->pages.size() : 0;
}

PageFile::PageFile(const PageStack& stack, size_t page)
    : headerBytes_(encodeHeader(formOf(stack), stack.pages[page].directory)),
      endBytes_(formOf(stack).placeBytes()),
      header_(".header", headerBytes_),
      end_(".end", endBytes_),
      descriptionText_(describePage(stack, stack.pages[page], header_.name(), headerBytes_.size(),
                                    end_.name(), endBytes_.size())),
      description_(".xml", bytesOf(descriptionText_)) {}

Result<GDALDatasetUniquePtr> PageFile::open(const std::filesystem::path& shownAs) const {
    prepareGdal();
    constexpr const char* kDrivers[] = {"GTiff", nullptr};
    const GdalMessages messages;
    const std::string name = std::string("/vsisparse/") + description_.name();
    GDALDatasetUniquePtr dataset(
        GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, kDrivers));
    if (!dataset || dataset->GetRasterCount() == 0)
        return unreadable(shownAs, "one of its pages cannot be decoded", messages.text());
    return dataset;
}

}  // namespace finebrush::tiff
