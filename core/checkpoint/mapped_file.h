#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>

namespace finebrush {

/// A regular file mapped read-only, so that a checkpoint of gigabytes costs no memory of its own to look
/// through. The file must not be shortened by others while it is mapped: the system would end the process at
/// the missing page.
class MappedFile {
  public:
    /// Errors: FileMissing, NotARegularFile, FileNotReadable.
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const uint8_t> bytes() const { return bytes_; }

  private:
    explicit MappedFile(std::span<const uint8_t> bytes) : bytes_(bytes) {}

    std::span<const uint8_t> bytes_;
};

}  // namespace finebrush
