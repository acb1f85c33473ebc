#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace finebrush {

/// A path as UTF-8, for messages and for libraries that take UTF-8.
std::string utf8(const std::filesystem::path& path);
std::filesystem::path pathFromUtf8(std::string_view text);

/// True for the name of a file that stays inside the folder it is written to.
bool isPlainFileName(std::string_view name);

/// Reads a whole regular file of at most `maxBytes`. Blocks.
/// Errors: FileMissing, NotARegularFile, FileNotReadable.
Result<std::vector<uint8_t>> readFile(const std::filesystem::path& path,
                                      uint64_t maxBytes = uint64_t{1} << 32);

/// Replaces a file in one step: writes a sibling temporary file in checked chunks, flushes it to the disk,
/// renames it over the target and flushes the folder. On failure the old file is untouched and the temporary
/// one is gone. Blocks. Errors: DiskFull, FileNotWritable.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::span<const uint8_t> bytes);
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text);

/// Deletes the temporary files that processes killed within `writeFileAtomically` left beside a file. Not
/// while another process writes it.
void removeTemporaryFiles(const std::filesystem::path& path);

/// Makes a folder and its parents. Errors: FileNotWritable.
Result<void> makeFolder(const std::filesystem::path& path);

/// Regular files directly in a folder, sorted as `ls -v` does, numbers by their value (strverscmp). Errors:
/// FileMissing, FileNotReadable.
Result<std::vector<std::filesystem::path>> filesIn(const std::filesystem::path& folder);

}  // namespace finebrush
