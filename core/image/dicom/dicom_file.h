#pragma once

#include "core/base/result.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <filesystem>
#include <functional>

namespace finebrush::dicom {

/// True for a file with DICOM's preamble, and for one that has lost it but is called .dcm or the like.
bool isDicom(const std::filesystem::path& file);

/// Parses a file and lets `use` look at it; large values stay on the disk until they are asked for. With
/// `withPixels` false it ends before the pixels. Blocks; any thread; `use` may run on another one. Errors:
/// FileMissing, NotARegularFile, FileNotReadable, ImageFormatUnknown, ImageDamaged.
Result<void> useFile(const std::filesystem::path& file, bool withPixels,
                     const std::function<void(DcmDataset&)>& use);

/// What the header says; the frames of the file are the slices of the volume. Blocks; any thread. No text of
/// the file is part of what comes back, of an error or of the log, but for names of display windows.
/// Errors: as `useFile`, and ImageTypeUnsupported.
Result<VolumeInfo> readInfo(const std::filesystem::path& file);

/// Decodes all frames. A header that claims more than the file holds costs no memory. Blocks; any thread.
/// Errors: as `readInfo`, and ImageTooLarge where the pixels take more than `maxBytes`. A file that is cut
/// off or damaged is an error, never part of an image.
Result<Volume> readVolume(const std::filesystem::path& file, uint64_t maxBytes);

}  // namespace finebrush::dicom
