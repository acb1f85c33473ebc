#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// What a file holds, known before any pixel is decoded. Size, bands and type are those of `readRaster`, but
/// for a palette.
struct RasterInfo {
    PixelSize size;         ///< upright, as a JPEG's EXIF orientation asks for; TIFF's and PNG's say nothing
                            ///< here, as in GDAL and tifffile
    int bands = 0;          ///< without alpha; CMYK counts as the RGB that it is read as
    bool hasAlpha = false;  ///< the last band of the file is alpha; it is not among `bands`
    bool hasMask = false;   ///< alpha, a mask or a transparent colour hides pixels
    bool hasPalette = false;  ///< the single band holds palette indices; reading expands them to 8-bit RGB
    PixelType type = PixelType::UInt8;
    std::optional<double> nodata;  ///< of the first band, as its samples are read; as in `PixelBuffer`, and
                                   ///< nothing for a 64-bit integer that no double means
    int pictures = 1;              ///< pages of a TIFF; only the first is read here
    std::string format;            ///< "PNG", "JPEG", "GTiff", "JP2OpenJPEG" or "BMP"
    /// What the file calls its bands, empty for one without a name; none where it names no band.
    std::vector<std::string> bandNames = {};
    /// The bands that are red, green and blue: by their names, as `coloursNamed`, else by how the file marks
    /// them; nothing where it does neither.
    std::optional<std::array<int, 3>> colourBands = std::nullopt;
};

/// Opens the header of an image (PNG, JPEG, TIFF, JPEG 2000, BMP; of a TIFF with several pages the first).
/// Blocks; any thread. Errors: FileMissing, NotARegularFile, FileNotReadable, ImageFormatUnknown,
/// ImageDamaged, ImageTypeUnsupported.
Result<RasterInfo> readRasterInfo(const std::filesystem::path& path);

/// Decodes a whole image; a palette and CMYK become RGB, what alpha or a mask leaves nothing of is hidden
/// (unless that is all: then it was never set), greys of fewer than 8 bits span 0..255, white is never zero,
/// the EXIF orientation is applied. All other samples are as stored. Blocks; any thread. Errors: as
/// `readRasterInfo`, and ImageTooLarge above `maxBytes` of decoded pixels. A damaged or truncated file is an
/// error, never half a picture.
Result<PixelBuffer> readRaster(const std::filesystem::path& path, uint64_t maxBytes = uint64_t{2} << 30);

/// The same with what its header says, of a file that is opened once.
struct RasterContent {
    PixelBuffer pixels;
    RasterInfo info;
};
Result<RasterContent> readRasterContent(const std::filesystem::path& path, uint64_t maxBytes);

/// Decodes an image whose values are class numbers: a palette (its indices, not its colours) or grey levels
/// of at most 8 bits, as stored. One band. Blocks; any thread. Errors: as `readRaster`, and LabelsNotIndexed.
Result<PixelBuffer> readIndices(const std::filesystem::path& path);

/// Decodes an image of one band whose values are numbers from the top, some rows at a time, in the memory of
/// these: at most 8 bits as `readIndices` does, more as `readRaster`. `visit` gets the rows with the place of
/// the first; an error of it ends the reading. Rows that are hidden stay so where all of the image is.
/// Blocks; any thread. Errors: as `readIndices`, LabelsNotIndexed also where EXIF turns the image, those of
/// `visit`.
Result<void> readNumberRows(const std::filesystem::path& path,
                            const std::function<Result<void>(int y, PixelBuffer rows)>& visit);

/// The same as `readIndices` as a mask; what is hidden is unlabelled.
Result<IndexMask> readIndexMask(const std::filesystem::path& path);

}  // namespace finebrush
