#include "core/image/raster/raster_decoder.h"

#include "core/image/image_errors.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/sample_conversion.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

namespace finebrush {

namespace {

constexpr int64_t kBytesAtOnce = int64_t{16} << 20;

/// What GDAL decodes, and makes room for, at once.
PixelSize blockSizeOf(GDALDataset& dataset) {
    int width = 0, height = 0;
    dataset.GetRasterBand(1)->GetBlockSize(&width, &height);
    return {std::max(width, 1), std::max(height, 1)};
}

/// Whole blocks of rows that make about 16 MB.
int rowsAtOnce(GDALDataset& dataset, int64_t bytesPerRow) {
    const int64_t block = blockSizeOf(dataset).height;
    const int64_t blocks = std::max<int64_t>(kBytesAtOnce / std::max<int64_t>(bytesPerRow * block, 1), 1);
    return static_cast<int>(std::min<int64_t>(blocks * block, dataset.GetRasterYSize()));
}

/// Decodes the stored samples. The buffer grows with what was decoded, so a header that claims more than the
/// file holds costs no memory.
bool decodeRows(GDALDataset& dataset, const RasterLayout& layout, PixelBuffer& pixels) {
    const PixelSize size = layout.storedSize;
    const auto width = static_cast<size_t>(size.width), height = static_cast<size_t>(size.height);
    const size_t rowBytes = pixels.bytesPerPixel() * width;
    pixels.bytes.reserve(rowBytes * height);
    if (layout.info.hasMask) pixels.hidden.reserve(width * height);
    const int step = rowsAtOnce(dataset, static_cast<int64_t>(rowBytes));
    for (int row = 0; row < size.height; row += step) {
        const RectInImage rows{0, row, size.width, std::min(step, size.height - row)};
        const PixelSize part{rows.width, rows.height};
        const size_t offset = pixels.bytes.size();
        pixels.bytes.resize(offset + rowBytes * static_cast<size_t>(rows.height));
        if (!readStoredSamples(dataset, layout, rows, part, &pixels.bytes[offset])) return false;
        if (!layout.info.hasMask) continue;
        const size_t first = pixels.hidden.size();
        pixels.hidden.resize(first + static_cast<size_t>(rows.area()));
        if (!readHidden(dataset, layout, rows, part, &pixels.hidden[first])) return false;
    }
    // A mask that hides everything was left unset by whoever wrote the file.
    const bool tellsSomething = std::ranges::count(pixels.hidden, uint8_t{0}) > 0;
    if (!tellsSomething) pixels.hidden.clear();
    forgetIfNothingIsHidden(pixels);
    return true;
}

}  // namespace

Result<PixelBuffer> decodeStored(GDALDataset& dataset, const RasterLayout& layout,
                                 const std::filesystem::path& path, uint64_t maxBytes) {
    const PixelSize size = layout.storedSize;
    const auto refused = [&] {
        return tooLarge(path, std::to_string(size.width), std::to_string(size.height), maxBytes);
    };
    if (static_cast<uint64_t>(size.area()) > maxBytes / layout.peakBytesPerPixel()) return refused();
    // A header may claim blocks that are far larger than the image.
    const auto blockArea = static_cast<uint64_t>(blockSizeOf(dataset).area());
    if (blockArea > maxBytes / layout.storedBytesPerPixel()) return refused();

    PixelBuffer pixels{size, layout.storedBands, layout.info.type, {}, layout.info.nodata};

    // A warning counts as well: damage within a JPEG strip of a TIFF is not reported in any other way.
    const GdalMessages messages;
    try {
        const bool decoded = decodeRows(dataset, layout, pixels);
        if (!decoded || !messages.isEmpty()) {
            return unreadable(path, "it cannot be decoded", messages.text());
        }
    } catch (const std::bad_alloc&) {
        return refused();
    }
    return pixels;
}

Result<void> decodeStoredRows(GDALDataset& dataset, const RasterLayout& layout,
                              const std::filesystem::path& path, uint64_t maxBytes, const RowVisitor& visit) {
    const PixelSize size = layout.storedSize;
    const uint64_t pixelBytes = layout.peakBytesPerPixel();
    const auto refused = [&] {
        return tooLarge(path, std::to_string(size.width), std::to_string(size.height), maxBytes);
    };
    if (static_cast<uint64_t>(blockSizeOf(dataset).area()) > maxBytes / pixelBytes) return refused();
    const int step = rowsAtOnce(dataset, static_cast<int64_t>(pixelBytes) * size.width);
    const GdalMessages messages;
    try {
        for (int y = 0; y < size.height; y += step) {
            const RectInImage window{0, y, size.width, std::min(step, size.height - y)};
            PixelBuffer rows = layout.storedPixels({window.width, window.height});
            const bool isRead = readStoredPixels(dataset, layout, window, rows);
            // These are whole blocks: GDAL need not keep any for later.
            const CPLErr flushed = dataset.GetRasterBand(1)->FlushCache(false);
            if (!isRead || flushed != CE_None || !messages.isEmpty())
                return unreadable(path, "it cannot be decoded", messages.text());
            if (const Result<void> visited = visit(y, std::move(rows)); !visited) return visited;
        }
    } catch (const std::bad_alloc&) {
        return refused();
    }
    return {};
}

Result<PixelBuffer> decodeRaster(GDALDataset& dataset, const std::filesystem::path& path, uint64_t maxBytes) {
    const Result<RasterLayout> layout = layoutOf(dataset, path);
    if (!layout) return failure(layout.error());
    Result<PixelBuffer> pixels = decodeStored(dataset, *layout, path, maxBytes);
    if (pixels) convertStored(*pixels, *layout);
    return pixels;
}

}  // namespace finebrush
