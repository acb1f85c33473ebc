#include "core/image/tiff/tiff_stack.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_decoder.h"
#include "core/image/raster/raster_layout.h"
#include "core/image/tiff/tiff_pages.h"

#include <new>
#include <string>
#include <utility>

namespace finebrush::tiff {

namespace {

Result<PageStack> requireStack(const std::filesystem::path& file) {
    std::optional<PageStack> stack = pagesIn(file);
    if (stack) return std::move(*stack);
    const Result<std::filesystem::path> plain = plainFilePath(file);
    return plain ? unreadable(file, "it holds no stack of pages") : failure(plain.error());
}

Result<PageStack> requireWholeStack(const std::filesystem::path& file) {
    Result<PageStack> stack = requireStack(file);
    if (stack && stack->isBroken) return unreadable(file, "the list of its pages is cut off or damaged");
    return stack;
}

VolumeInfo infoOf(const RasterLayout& layout, size_t pages) {
    VolumeInfo info;
    info.grid.size = {layout.info.size.width, layout.info.size.height, static_cast<int>(pages)};
    info.bands = layout.info.hasPalette ? 3 : layout.info.bands;
    info.type = layout.info.hasPalette ? PixelType::UInt8 : layout.info.type;
    info.format = "TIFF";
    info.usualView = SliceView::Stored;
    info.startsAtFirst = true;
    info.nodata = layout.info.nodata;
    return info;
}

Result<VolumeInfo> infoOf(const PageStack& stack, const std::filesystem::path& file) {
    const PageFile page(stack, 0);
    const Result<GDALDatasetUniquePtr> dataset = page.open(file);
    if (!dataset) return failure(dataset.error());
    const Result<RasterLayout> layout = layoutOf(**dataset, file);
    if (!layout) return failure(layout.error());
    return infoOf(*layout, stack.pages.size());
}

Result<PixelBuffer> decodePage(const PageStack& stack, size_t place, const std::filesystem::path& file,
                               uint64_t maxBytes) {
    const PageFile page(stack, place);
    const Result<GDALDatasetUniquePtr> dataset = page.open(file);
    if (!dataset) return failure(dataset.error());
    return decodeRaster(**dataset, file, maxBytes);
}

bool isSliceOf(const VolumeInfo& info, const PixelBuffer& page) {
    return page.size == PixelSize{info.grid.size[0], info.grid.size[1]} && page.bands == info.bands &&
           page.type == info.type;
}

}  // namespace

bool isStack(const std::filesystem::path& file) {
    return pagesIn(file).has_value();
}

std::optional<Error> whyNoStack(const std::filesystem::path& file) {
    const size_t pages = countTooLargePages(file);
    if (pages == 0) return std::nullopt;
    return Error{ErrorCode::PagesTooLarge,
                 {utf8(file), std::to_string(pages), std::to_string(kMostPageBytes >> 20)},
                 {}};
}

Result<VolumeInfo> readInfo(const std::filesystem::path& file) {
    const Result<PageStack> stack = requireStack(file);
    if (!stack) return failure(stack.error());
    return infoOf(*stack, file);
}

Result<Volume> readVolume(const std::filesystem::path& file, uint64_t maxBytes) {
    const Result<PageStack> stack = requireWholeStack(file);
    if (!stack) return failure(stack.error());
    Result<VolumeInfo> info = infoOf(*stack, file);
    if (!info) return failure(info.error());
    Volume volume{std::move(*info), {}};
    const VolumeGrid& grid = volume.info.grid;
    const auto refused = [&] {
        return tooLarge(file, std::to_string(grid.size[0]), formatted("%d × %d", grid.size[1], grid.size[2]),
                        maxBytes);
    };
    const auto pageArea = static_cast<uint64_t>(int64_t{grid.size[0]} * grid.size[1]);
    if (pageArea > maxBytes / volume.info.bytesPerVoxel() / stack->pages.size()) return refused();
    try {
        volume.bytes.reserve(pageArea * volume.info.bytesPerVoxel() * stack->pages.size());
        for (size_t page = 0; page < stack->pages.size(); ++page) {
            const Result<PixelBuffer> pixels = decodePage(*stack, page, file, maxBytes);
            if (!pixels) return failure(pixels.error());
            if (!isSliceOf(volume.info, *pixels)) return unreadable(file, "its pages are not alike");
            volume.bytes.insert(volume.bytes.end(), pixels->bytes.begin(), pixels->bytes.end());
        }
    } catch (const std::bad_alloc&) {
        return refused();
    }
    return volume;
}

Result<Volume> readPage(const std::filesystem::path& file, size_t page, uint64_t maxBytes) {
    const Result<PageStack> stack = requireWholeStack(file);
    if (!stack) return failure(stack.error());
    if (page >= stack->pages.size()) return failure(ErrorCode::NoImages, {utf8(file)});
    Result<VolumeInfo> info = infoOf(*stack, file);
    if (!info) return failure(info.error());
    Result<PixelBuffer> pixels = decodePage(*stack, page, file, maxBytes);
    if (!pixels) return failure(pixels.error());
    if (!isSliceOf(*info, *pixels)) return unreadable(file, "its pages are not alike");
    info->grid.size[2] = 1;
    return Volume{std::move(*info), std::move(pixels->bytes)};
}

}  // namespace finebrush::tiff
