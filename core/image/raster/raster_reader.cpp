#include "core/image/raster/raster_reader.h"

#include "core/base/files.h"
#include "core/image/image_errors.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_decoder.h"
#include "core/image/raster/raster_layout.h"
#include "core/image/raster/sample_conversion.h"

#include <string>
#include <utility>

namespace finebrush {

namespace {

constexpr uint64_t kMaxMaskBytes = uint64_t{4} << 30;
constexpr uint64_t kMaxBytesAtOnce = uint64_t{2} << 30;

/// The layout of a file whose samples are read as the numbers that they are, not as colours.
Result<RasterLayout> layoutOfNumbers(GDALDataset& dataset, const std::filesystem::path& path) {
    Result<RasterLayout> layout = layoutOf(dataset, path);
    if (!layout) return layout;
    const bool isWidePalette = layout->info.hasPalette && layout->info.type != PixelType::UInt8;
    if (layout->storedBands != 1 || layout->info.hasAlpha || isWidePalette)
        return failure(ErrorCode::LabelsNotIndexed, {utf8(path)});
    layout->info.hasPalette = false;
    return layout;
}

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

Result<RasterContent> readRasterContent(const std::filesystem::path& path, uint64_t maxBytes) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    Result<PixelBuffer> pixels = decodeRaster(**dataset, path, maxBytes);
    if (!pixels) return failure(pixels.error());
    Result<RasterLayout> layout = layoutOf(**dataset, path);
    if (!layout) return failure(layout.error());
    return RasterContent{std::move(*pixels), std::move(layout->info)};
}

Result<PixelBuffer> readIndices(const std::filesystem::path& path) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<RasterLayout> layout = layoutOfNumbers(**dataset, path);
    if (!layout) return failure(layout.error());
    if (layout->info.type != PixelType::UInt8) return failure(ErrorCode::LabelsNotIndexed, {utf8(path)});
    Result<PixelBuffer> pixels = decodeStored(**dataset, *layout, path, kMaxMaskBytes);
    if (pixels) applyOrientation(*pixels, layout->orientation);
    return pixels;
}

Result<void> readNumberRows(const std::filesystem::path& path,
                            const std::function<Result<void>(int y, PixelBuffer rows)>& visit) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<RasterLayout> layout = layoutOfNumbers(**dataset, path);
    if (!layout) return failure(layout.error());
    if (layout->orientation > 1) return failure(ErrorCode::LabelsNotIndexed, {utf8(path)});
    const auto [width, height] = layout->storedSize;
    if (static_cast<uint64_t>(layout->storedSize.area()) > kMaxMaskBytes)
        return tooLarge(path, std::to_string(width), std::to_string(height), kMaxMaskBytes);
    return decodeStoredRows(**dataset, *layout, path, kMaxBytesAtOnce, [&](int y, PixelBuffer rows) {
        if (rows.type != PixelType::UInt8) convertStored(rows, *layout);
        return visit(y, std::move(rows));
    });
}

Result<IndexMask> readIndexMask(const std::filesystem::path& path) {
    Result<PixelBuffer> pixels = readIndices(path);
    if (!pixels) return failure(pixels.error());
    fillHidden(pixels->hidden, kUnlabelled, pixels->bytes);
    return IndexMask{pixels->size, std::move(pixels->bytes)};
}

}  // namespace finebrush
