#include "core/checkpoint/checkpoint_file.h"

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/pth_file.h"
#include "core/checkpoint/safetensors_file.h"

namespace finebrush {

Result<NamedTensors> readCheckpoint(const std::filesystem::path& path) {
    const auto file = MappedFile::open(path);
    if (!file) return failure(file.error());
    return readCheckpoint(file->bytes(), utf8(path));
}

Result<NamedTensors> readCheckpoint(std::span<const uint8_t> bytes, const std::string& source) {
    if (!looksLikePth(bytes) && looksLikeSafetensors(bytes)) return readSafetensors(bytes, source);
    return readPth(bytes, source);
}

Result<std::string> sha256OfFile(const std::filesystem::path& path) {
    const auto file = MappedFile::open(path);
    if (!file) return failure(file.error());
    return sha256(file->bytes());
}

}  // namespace finebrush
