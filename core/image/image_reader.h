#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/display/display_mapping.h"
#include "core/image/image_address.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// An image as it is worked on, whatever kind of file it comes from.
struct ImageContent {
    PixelBuffer pixels;
    DisplayMapping
        display;  ///< how it is shown at first: by the window that the file proposes, else the default
    std::optional<SliceAddress> slice;   ///< which slice of a volume it is; nothing where the file holds one
                                         ///< picture only
    std::optional<VolumeInfo> volume;    ///< of the file, where it is NIfTI, DICOM or a stack of pages
    std::filesystem::path file;          ///< that stands for the image: of a DICOM series the first one
    std::filesystem::path sliceFile;     ///< as `VolumeSource::fileOf`
    std::vector<std::string> bandNames;  ///< as `RasterInfo::bandNames`
    std::optional<Error> remark;         ///< what of its file or series is not opened with it, and why
};

/// True for a name that ends as those of images do (".nii.gz" too); says nothing of the content.
bool hasImageEnding(const std::filesystem::path& file);

/// True also for a DICOM file, which scanners give any name. Blocks for the first bytes of a file.
bool isLikelyImage(const std::filesystem::path& file);

/// How the slices of a volume are shown at first, all of them alike: by the first window that its file
/// proposes for grey values, else as `defaultDisplayMapping` of voxels that are spread over it.
DisplayMapping displayMappingOf(const Volume& volume);

/// A slice of a volume that is decoded, without its file; `display` is that of the volume. Throws as
/// `sliceOf`.
ImageContent sliceContent(const Volume& volume, const DisplayMapping& display, const SliceAddress& slice);

/// What the header of a volume says; nothing for a file that holds none, or is not there.
/// Blocks; any thread. Errors: as `VolumeSource::of` and `readInfo`.
Result<std::optional<VolumeInfo>> readVolumeInfo(const std::filesystem::path& file);

/// Decodes an image file of any format, or a slice of a volume; without a slice, a volume gives the one that
/// stands for it. A file of a DICOM series, or the folder of one, gives a slice of the whole series. The last
/// volume stays decoded; of a TIFF whose pages together are larger than `maxBytes` only the page that is
/// asked for is decoded, and slices across its pages are ImageTooLarge. Blocks; any thread. Errors: as
/// `readRaster`, `VolumeSource::of` and `read`, and NoImages where the file has no such slice.
Result<ImageContent> readImage(const ImageAddress& address, uint64_t maxBytes = uint64_t{2} << 30);

}  // namespace finebrush
