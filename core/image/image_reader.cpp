#include "core/image/image_reader.h"

#include "core/base/image_endings.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/volume/volume_cache.h"
#include "core/image/volume/volume_source.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace finebrush {

namespace {

tl::unexpected<Error> noSuchSlice(const std::filesystem::path& file, const SliceAddress& slice) {
    return failure(ErrorCode::NoImages, {toText(ImageAddress(file, slice))});
}

constexpr size_t kMostSampledVoxels = 1'000'000;

/// Voxels that are evenly spread over all slices and frames, as one row.
PixelBuffer sampledVoxels(const Volume& volume) {
    const VolumeInfo& info = volume.info;
    const size_t voxelBytes = info.bytesPerVoxel();
    const size_t count = volume.bytes.size() / voxelBytes;
    const size_t sampled = std::min(count, kMostSampledVoxels);
    PixelBuffer row{{static_cast<int>(sampled), 1}, info.bands, info.type, {}, info.nodata};
    row.bytes.resize(sampled * voxelBytes);
    for (size_t i = 0; i < sampled; ++i) {
        // By a fraction, so that steps seldom fall in with rows or slices.
        const auto voxel = static_cast<size_t>(static_cast<double>(i) * static_cast<double>(count) /
                                               static_cast<double>(sampled));
        std::memcpy(&row.bytes[i * voxelBytes], &volume.bytes[voxel * voxelBytes], voxelBytes);
    }
    return row;
}

/// The slice that an address means; nothing where the file holds a single picture and none was asked for.
std::optional<SliceAddress> meantSlice(const VolumeInfo& info, const std::optional<SliceAddress>& asked) {
    if (asked) return asked;
    return info.isOnePicture() ? std::nullopt : std::optional(info.standingSlice());
}

/// A page of a TIFF whose pages are too many to be decoded at once; another slice gives the error that says
/// so. All pages are shown as the middle one would be.
Result<ImageContent> readPage(VolumeCache& cache, const VolumeSource& source, const ImageAddress& address,
                              const Error& refusal, uint64_t maxBytes) {
    Result<VolumeInfo> info = source.readInfo();
    if (!info) return failure(info.error());
    const std::optional<SliceAddress> meant = meantSlice(*info, address.slice);
    const SliceAddress slice = meant.value_or(info->standingSlice());
    if (!planeOf(info->grid, slice)) return noSuchSlice(address.file, slice);
    auto page = source.readPage(info->grid, slice, maxBytes);
    if (!page) return failure(page.error());
    if (!*page) return failure(refusal);
    ImageContent content;
    content.pixels = std::move(**page);
    const auto display = cache.display(source, [&]() -> Result<DisplayMapping> {
        if (slice == info->middleSlice()) return defaultDisplayMapping(content.pixels);
        const auto middle = source.readPage(info->grid, info->middleSlice(), maxBytes);
        if (!middle) return failure(middle.error());
        if (!*middle) return failure(refusal);
        return defaultDisplayMapping(**middle);
    });
    if (!display) return failure(display.error());
    content.display = *display;
    content.slice = meant;
    content.volume = std::move(*info);
    content.file = source.file();
    return content;
}

Result<ImageContent> readSlice(const VolumeSource& source, const ImageAddress& address, uint64_t maxBytes) {
    static VolumeCache cache;
    const auto kept = cache.read(source, maxBytes);
    if (!kept && kept.error().code == ErrorCode::ImageTooLarge)
        return readPage(cache, source, address, kept.error(), maxBytes);
    if (!kept) return failure(kept.error());
    const auto& [volume, display] = **kept;
    const VolumeInfo& info = volume.info;
    const std::optional<SliceAddress> meant = meantSlice(info, address.slice);
    const SliceAddress slice = meant.value_or(info.standingSlice());
    if (!planeOf(info.grid, slice)) return noSuchSlice(address.file, slice);
    ImageContent content = sliceContent(volume, display, slice);
    content.slice = meant;
    content.file = source.file();
    content.sliceFile = source.fileOf(slice);
    content.remark = source.remark(info);
    return content;
}

}  // namespace

DisplayMapping displayMappingOf(const Volume& volume) {
    const auto window =
        std::ranges::find_if(volume.info.windows, [](const DisplayWindow& w) { return w.width > 0; });
    if (volume.info.bands != 1 || window == volume.info.windows.end())
        return defaultDisplayMapping(sampledVoxels(volume));
    return {window->centre - window->width / 2, window->centre + window->width / 2};
}

ImageContent sliceContent(const Volume& volume, const DisplayMapping& display, const SliceAddress& slice) {
    ImageContent content;
    content.slice = slice;
    content.pixels = sliceOf(volume, slice);
    content.display = display;
    content.volume = volume.info;
    return content;
}

bool hasImageEnding(const std::filesystem::path& file) {
    std::string name = file.filename().string();
    std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return std::ranges::any_of(kImageEndings,
                               [&](std::string_view ending) { return name.ends_with(ending); });
}

bool isLikelyImage(const std::filesystem::path& file) {
    return hasImageEnding(file) || dicom::isDicom(file);
}

Result<std::optional<VolumeInfo>> readVolumeInfo(const std::filesystem::path& file) {
    const Result<std::optional<VolumeSource>> source = VolumeSource::of(file);
    if (!source) return failure(source.error());
    if (!*source) return std::optional<VolumeInfo>();
    Result<VolumeInfo> info = (*source)->readInfo();
    if (!info) return failure(info.error());
    return std::optional(std::move(*info));
}

Result<ImageContent> readImage(const ImageAddress& address, uint64_t maxBytes) {
    const Result<std::optional<VolumeSource>> source = VolumeSource::of(address.file);
    if (!source) return failure(source.error());
    if (*source) return readSlice(**source, address, maxBytes);
    Result<RasterContent> raster = readRasterContent(address.file, maxBytes);
    if (!raster) return failure(raster.error());
    if (address.slice) return noSuchSlice(address.file, *address.slice);
    ImageContent content;
    content.file = address.file;
    content.display = defaultDisplayMapping(raster->pixels, raster->info.colourBands);
    content.bandNames = std::move(raster->info.bandNames);
    content.pixels = std::move(raster->pixels);
    content.remark = VolumeSource::whyNone(address.file);
    return content;
}

}  // namespace finebrush
