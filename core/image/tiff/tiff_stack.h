#pragma once

#include "core/base/result.h"
#include "core/image/volume/volume.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace finebrush::tiff {

/// True for a TIFF whose pages are slices: two or more, of one size, type and number of bands, and without a
/// place on the earth. Decodes nothing. Blocks; any thread.
bool isStack(const std::filesystem::path& file);

/// PagesTooLarge for a file that is no stack only because each of its pages takes too much: its first page is
/// the image. Nothing for any other. Decodes nothing. Blocks; any thread.
std::optional<Error> whyNoStack(const std::filesystem::path& file);

/// What the first page says; nothing is known of the distance of voxels. Blocks; any thread. Errors:
/// FileMissing and the like, ImageDamaged, ImageTypeUnsupported.
Result<VolumeInfo> readInfo(const std::filesystem::path& file);

/// Decodes all pages as `readRaster` does the first; what alpha hides is seen. Blocks; any thread. Errors: as
/// `readInfo`, and ImageTooLarge where the pages take more than `maxBytes`. A file that is cut off or damaged
/// is an error, never part of a volume.
Result<Volume> readVolume(const std::filesystem::path& file, uint64_t maxBytes);

/// Decodes a page, from 0 on, as a volume of its own. Blocks; any thread. Errors: as `readVolume`, and
/// NoImages where there is no such page.
Result<Volume> readPage(const std::filesystem::path& file, size_t page, uint64_t maxBytes);

}  // namespace finebrush::tiff
