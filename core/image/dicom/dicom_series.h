#pragma once

#include "core/base/result.h"
#include "core/image/dicom/slice_stack.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>

namespace finebrush::dicom {

/// The stack that a file makes with the other files of its series in its folder; nothing for a file that no
/// other looks like, has several frames or says no place, and for copies of one picture. Headers of a
/// folder's files stay known until they change. Blocks; any thread.
std::optional<SliceStack> seriesOf(const std::filesystem::path& file);

/// The only stack in a folder. Errors: NoImages, SeveralSeries.
Result<SliceStack> seriesIn(const std::filesystem::path& folder);

/// The files of a folder that make stacks, each with the first of its stack; copies of a picture as well.
/// Nothing where it was asked to stop. Blocks; any thread.
std::map<std::filesystem::path, std::filesystem::path> stackedFilesIn(const std::filesystem::path& folder,
                                                                      const std::stop_token& stop);

/// What the headers of a series say, without decoding. Blocks; any thread. Errors: as `readSeries`.
Result<VolumeInfo> readSeriesInfo(const SliceStack& stack);

/// Decodes a series; its files are the slices. Values are rescaled file by file, as each says. Blocks; any
/// thread. Errors: those of `readVolume` for the file that they name, SeriesNotAStack where the files store
/// their pixels in different ways, and ImageTooLarge.
Result<Volume> readSeries(const SliceStack& stack, uint64_t maxBytes);

}  // namespace finebrush::dicom
