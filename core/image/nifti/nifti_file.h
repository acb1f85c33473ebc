#pragma once

#include "core/base/result.h"
#include "core/base/unfinished_file.h"
#include "core/image/nifti/nifti_header.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>

namespace finebrush::nifti {

/// True for a file that begins like NIfTI-1 or NIfTI-2, compressed by gzip or not, whatever it is called.
bool isNifti(const std::filesystem::path& file);

/// Reads the header. Blocks; any thread. Errors: FileMissing, NotARegularFile, FileNotReadable, ImageDamaged,
/// ImageTypeUnsupported.
Result<Header> readHeader(const std::filesystem::path& file);

/// What the header says of the volume. Blocks; any thread. Errors: as `readHeader`.
Result<VolumeInfo> readInfo(const std::filesystem::path& file);

/// Reads all voxels. What a header claims beyond the file costs no memory. Blocks; any thread. Errors: as
/// `readHeader`, and ImageTooLarge where the voxels take more than `maxBytes`. A file that is cut off or
/// fails gzip's check sum is an error, never part of a volume.
Result<Volume> readVolume(const std::filesystem::path& file, uint64_t maxBytes);

/// Writes class numbers as 8-bit voxels on the grid of the image whose header is given, which keeps its
/// version, spacing, q-form and s-form to the bit; no text of it is taken over. Compressed by gzip, some
/// voxels at a time; false where it was asked to stop meanwhile. Blocks. Errors: DiskFull, FileNotWritable.
/// Throws std::invalid_argument where the labels are not of the header's size.
Result<bool> writeLabels(UnfinishedFile& file, const Header& image, const LabelVolume& labels,
                         const std::stop_token& stop);

/// True where a file holds these labels as `writeLabels` writes them; it reads some at a time. False also
/// where it is asked to stop. Blocks; any thread.
bool holdsLabels(const std::filesystem::path& file, const LabelVolume& labels, const std::stop_token& stop);

}  // namespace finebrush::nifti
