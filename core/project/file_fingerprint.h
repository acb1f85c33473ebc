#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

namespace finebrush {

/// Tells a moved or renamed file from another one.
struct FileFingerprint {
    uint64_t bytes = 0;
    std::string sha256;  ///< lower-case hexadecimal; of a file above 1 GiB, of 64 MiB spread evenly over it
    bool operator==(const FileFingerprint&) const = default;
};

/// Reads the whole file, or parts of one above 1 GiB. Blocks; any thread. Where it is asked to stop, the
/// outcome means nothing. Errors: FileMissing, FileNotReadable.
Result<FileFingerprint> fingerprintOf(const std::filesystem::path& path, const std::stop_token& stop = {});

}  // namespace finebrush
