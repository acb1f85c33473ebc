#pragma once

#include "core/base/result.h"
#include "core/image/raster/gdal_memory_file.h"

#include <gdal_priv.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace finebrush::tiff {

/// What the directory of a page says of its pixels, as it is stored.
struct PageKind {
    uint64_t width = 0;
    uint64_t height = 0;
    uint64_t bands = 1;
    uint64_t bits = 1;  ///< of a sample of the first band
    uint64_t sampleFormat = 1;
    uint64_t photometric = 0;
    uint64_t extraSamples = 0;
    bool operator==(const PageKind&) const = default;
};

/// The pages of a TIFF whose pages are slices: all of one kind. Overviews, thumbnails and masks are no pages.
struct PageStack {
    /// Places in the file, in bytes.
    struct Page {
        uint64_t directory = 0;
        uint64_t nextField = 0;  ///< where the directory names the next one
    };

    std::filesystem::path file;  ///< canonical
    uint64_t fileBytes = 0;
    bool isBigTiff = false;
    bool isBigEndian = false;
    PageKind kind;
    std::vector<Page> pages;  ///< two or more
    bool isBroken = false;    ///< the list of pages leads back to itself or out of the file
};

/// Of a decoded page of a stack: each is decoded as a whole, a larger image by tiles.
inline constexpr uint64_t kMostPageBytes = uint64_t{1} << 30;

/// Follows the directories of a file without decoding any pixel; the time is that of reading so many small
/// pieces. Not by libtiff, which takes 0.2 s for a directory of 4000 unknown tags, and a damaged file may
/// have thousands of those. Nothing for what is no TIFF, has a single page, pages that differ or have a place
/// on the earth, or more than 65536 directories or than `kMostPageBytes` a page: of these the first page is
/// the image. Blocks; any thread.
std::optional<PageStack> pagesIn(const std::filesystem::path& file);

/// How many pages a file has that would be a stack if each of them were not larger than `kMostPageBytes`; 0
/// for any other. Blocks; any thread.
size_t countTooLargePages(const std::filesystem::path& file);

/// A page as if it were alone in its file. GDAL looks for a page, for overviews and for masks in the list of
/// all directories, which takes milliseconds a page where there are thousands.
class PageFile {
  public:
    PageFile(const PageStack& stack, size_t page);

    /// The data set must be closed before the object ends. `shownAs` serves for messages. Errors:
    /// ImageDamaged.
    Result<GDALDatasetUniquePtr> open(const std::filesystem::path& shownAs) const;

  private:
    std::vector<uint8_t> headerBytes_;
    std::vector<uint8_t> endBytes_;  ///< of the list of directories
    MemoryFile header_;
    MemoryFile end_;
    std::string descriptionText_;
    MemoryFile description_;
};

}  // namespace finebrush::tiff
