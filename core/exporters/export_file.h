#pragma once

#include "core/base/result.h"
#include "core/base/unfinished_file.h"
#include "core/image/image_address.h"

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush {

/// Files that an export must never replace: the images that the person works on.
using InputFiles = std::vector<std::filesystem::path>;

/// The files that images lie in; one that holds several is there as often.
InputFiles filesOf(std::span<const ImageAddress> images);

/// Errors: ExportOverInput where a file is one of the images.
Result<void> refuseInput(const std::filesystem::path& file, const InputFiles& inputs);

/// Writes the content of a file; false where it was asked to stop meanwhile.
using WriteContent = std::function<Result<bool>(UnfinishedFile&)>;
/// Reads a file again where it lies meanwhile; false where it is not as it should be.
using CheckContent = std::function<bool(const std::filesystem::path& written)>;

/// Writes an export, which stands under its name only once `isAsMeant` agrees. False where it was asked to
/// stop: then nothing is left of it. Blocks. Errors: ExportOverInput (before anything is written), DiskFull,
/// FileNotWritable, ExportNotVerified, those of `write`.
Result<bool> writeExport(const std::filesystem::path& file, const InputFiles& inputs,
                         const WriteContent& write, const CheckContent& isAsMeant,
                         const std::stop_token& stop = {});

/// The same for bytes, which the file must hold one for one.
Result<bool> writeExport(const std::filesystem::path& file, std::span<const uint8_t> bytes,
                         const InputFiles& inputs, const std::stop_token& stop = {});
Result<bool> writeTextExport(const std::filesystem::path& file, const std::string& text,
                             const InputFiles& inputs, const std::stop_token& stop = {});

/// Writes bytes some at a time; false where it was asked to stop meanwhile. Errors: DiskFull,
/// FileNotWritable.
Result<bool> writeInPieces(UnfinishedFile& file, std::span<const uint8_t> bytes, const std::stop_token& stop);

/// A distinct name for the exports of each image: `stemOf` it, with _2, _3 ... where images of several
/// folders share one; of a very long one the end, so that a file system takes it with an ending.
std::vector<std::string> exportStems(std::span<const ImageAddress> images);

}  // namespace finebrush
