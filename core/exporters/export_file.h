#pragma once

#include "core/base/result.h"
#include "core/image/image_address.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// Files that an export must never replace: the images that the person works on.
using InputFiles = std::vector<std::filesystem::path>;

/// The files that images lie in; one that holds several is there as often.
InputFiles filesOf(std::span<const ImageAddress> images);

/// Errors: ExportOverInput where a file is one of the images.
Result<void> refuseInput(const std::filesystem::path& file, const InputFiles& inputs);

/// Writes an export in one step and reports success only when `isAsMeant`, which reads the file again,
/// agrees. Blocks. Errors: ExportOverInput (before anything is written), DiskFull, FileNotWritable,
/// ExportNotVerified.
Result<void> writeExport(const std::filesystem::path& file, std::span<const uint8_t> bytes,
                         const InputFiles& inputs, const std::function<bool()>& isAsMeant);

/// The same for text; the file must hold it byte for byte.
Result<void> writeTextExport(const std::filesystem::path& file, const std::string& text,
                             const InputFiles& inputs);

/// A distinct name for the exports of each image: `stemOf` it, with _2, _3 ... where images of several
/// folders share one; of a very long one the end, so that a file system takes it with an ending.
std::vector<std::string> exportStems(std::span<const ImageAddress> images);

}  // namespace finebrush
