#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/raster/sample_conversion.h"

#include <gdal_priv.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace finebrush {

/// What the file's header says: the public part, and how its samples become what a reader gets.
struct RasterLayout {
    RasterInfo info;          ///< its size is the one after turning
    PixelSize storedSize;     ///< before turning
    int storedBands = 0;      ///< without alpha
    int orientation = 1;      ///< EXIF, 1..8
    int significantBits = 0;  ///< of a sample
    bool whiteIsZero = false;
    bool isCmyk = false;
    bool isSignedByte = false;  ///< read as 16 bits
    std::vector<PaletteColour> palette;

    /// True where samples are no quantities, so that a mean of them means nothing.
    bool hasIndices() const { return info.hasPalette; }
    uint64_t storedBytesPerPixel() const {
        return bytesPerSample(info.type) * static_cast<uint64_t>(storedBands);
    }
    /// Bytes of a pixel while decoding and after, whichever is more.
    uint64_t peakBytesPerPixel() const {
        return std::max<uint64_t>(storedBytesPerPixel(), info.hasPalette ? 3 : 0) + (info.hasMask ? 1 : 0);
    }
    /// An image of stored samples, all 0.
    PixelBuffer storedPixels(PixelSize size) const {
        PixelBuffer pixels{size, storedBands, info.type, {}, info.nodata};
        pixels.bytes.resize(static_cast<size_t>(size.area()) * pixels.bytesPerPixel());
        return pixels;
    }
};

/// How a JPEG asks to be turned, 1..8; 1 for all others, to which GDAL copies what it finds in a JPEG.
int exifOrientationOf(GDALDataset& dataset);

/// Errors: ImageTypeUnsupported, also for more than 8192 bands.
Result<RasterLayout> layoutOf(GDALDataset& dataset, const std::filesystem::path& path);

/// Decodes the stored samples of a window to `out`, bands interleaved; a larger window than `size` is shrunk
/// by averaging (of a palette, of signed bytes and of 64-bit integers by leaving out). False where that
/// fails.
bool readStoredSamples(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window,
                       PixelSize size, uint8_t* out);
/// Whether the pixels of a window are hidden, a byte each; shrunk, where all of it is that it stands for.
/// Only of a file that has a mask. False where that fails.
bool readHidden(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window, PixelSize size,
                uint8_t* out);
/// Both, to the whole of `out`, which is like `RasterLayout::storedPixels`.
bool readStoredPixels(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window,
                      PixelBuffer& out);
/// Whether all of a window is hidden in a file that has a mask; false where that cannot be read.
bool isAllHidden(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window);

/// Makes the stored samples of an image, or of a part of one that is not turned, what the header promises to
/// callers: colours, the whole range, upright.
void convertStored(PixelBuffer& pixels, const RasterLayout& layout);

}  // namespace finebrush
