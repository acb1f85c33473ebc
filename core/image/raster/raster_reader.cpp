#include "core/image/raster/raster_reader.h"

#include "core/base/files.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_decoder.h"
#include "core/image/raster/raster_layout.h"
#include "core/image/raster/sample_conversion.h"

#include <utility>

namespace finebrush {

namespace {

constexpr uint64_t kMaxMaskBytes = uint64_t{1} << 30;

}  // namespace

Result<RasterInfo> readRasterInfo(const std::filesystem::path& path) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<RasterLayout> layout = layoutOf(**dataset, path);
    if (!layout) return failure(layout.error());
    return layout->info;
}

Result<PixelBuffer> readRaster(const std::filesystem::path& path, uint64_t maxBytes) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    return decodeRaster(**dataset, path, maxBytes);
}

Result<PixelBuffer> readIndices(const std::filesystem::path& path) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<RasterLayout> layout = layoutOf(**dataset, path);
    if (!layout) return failure(layout.error());
    if (layout->storedBands != 1 || layout->info.hasAlpha || layout->info.type != PixelType::UInt8) {
        return failure(ErrorCode::LabelsNotIndexed, {utf8(path)});
    }
    Result<PixelBuffer> pixels = decodeStored(**dataset, *layout, path, kMaxMaskBytes);
    if (pixels) applyOrientation(*pixels, layout->orientation);
    return pixels;
}

Result<IndexMask> readIndexMask(const std::filesystem::path& path) {
    Result<PixelBuffer> pixels = readIndices(path);
    if (!pixels) return failure(pixels.error());
    fillHidden(pixels->hidden, kUnlabelled, pixels->bytes);
    return IndexMask{pixels->size, std::move(pixels->bytes)};
}

}  // namespace finebrush
