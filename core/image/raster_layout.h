#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster_reader.h"

#include <gdal_priv.h>

#include <algorithm>
#include <array>
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
    std::vector<std::array<uint8_t, 3>> palette;

    /// True where samples are no quantities, so that a mean of them means nothing.
    bool hasIndices() const { return info.hasPalette; }
    uint64_t storedBytesPerPixel() const {
        return bytesPerSample(info.type) * static_cast<uint64_t>(storedBands);
    }
    /// Bytes of a pixel while decoding and after, whichever is more.
    uint64_t peakBytesPerPixel() const {
        return std::max<uint64_t>(storedBytesPerPixel(), info.hasPalette ? 3 : 0);
    }
    /// An image of stored samples, all 0.
    PixelBuffer storedPixels(PixelSize size) const {
        PixelBuffer pixels{size, storedBands, info.type, {}, info.nodata};
        pixels.bytes.resize(static_cast<size_t>(size.area()) * pixels.bytesPerPixel());
        return pixels;
    }
};

/// Errors: ImageTypeUnsupported.
Result<RasterLayout> layoutOf(GDALDataset& dataset, const std::filesystem::path& path);

/// Decodes the stored samples of a window to `out`, bands interleaved; a larger window than `size` is shrunk
/// by averaging (of a palette by leaving out). False where that fails.
bool readStoredSamples(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window,
                       PixelSize size, uint8_t* out);

/// Makes the stored samples of an image, or of a part of one that is not turned, what the header promises to
/// callers: colours, the whole range, upright.
void convertStored(PixelBuffer& pixels, const RasterLayout& layout);

}  // namespace finebrush
