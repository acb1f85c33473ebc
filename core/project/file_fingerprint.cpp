#include "core/project/file_fingerprint.h"

#include "core/base/files.h"
#include "core/base/sha256.h"

#include <fstream>
#include <span>
#include <vector>

namespace finebrush {

namespace {

constexpr size_t kChunk = size_t{1} << 20;
/// A file that is larger is told by so many chunks that are spread evenly over it.
constexpr uint64_t kReadWhole = uint64_t{1} << 30;
constexpr uint64_t kChunksOfLarge = 64;

}  // namespace

Result<FileFingerprint> fingerprintOf(const std::filesystem::path& path, const std::stop_token& stop) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem))
        return failure(ErrorCode::FileMissing, {utf8(path)});
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure(ErrorCode::FileNotReadable, {utf8(path)});

    Sha256 hash;
    FileFingerprint fingerprint;
    std::vector<uint8_t> chunk(kChunk);
    const uint64_t size = std::filesystem::file_size(path, problem);
    const bool isLarge = !problem && size > kReadWhole;
    for (uint64_t i = 0; (!isLarge || i < kChunksOfLarge) && !stop.stop_requested(); ++i) {
        if (isLarge) file.seekg(static_cast<std::streamoff>((size - kChunk) * i / (kChunksOfLarge - 1)));
        file.read(reinterpret_cast<char*>(chunk.data()), static_cast<std::streamsize>(chunk.size()));
        if (file.gcount() == 0) break;
        hash.add(std::span(chunk).first(static_cast<size_t>(file.gcount())));
        fingerprint.bytes += static_cast<uint64_t>(file.gcount());
    }
    if (isLarge) fingerprint.bytes = size;
    if (file.bad()) return failure(ErrorCode::FileNotReadable, {utf8(path)});
    fingerprint.sha256 = hash.digest();
    return fingerprint;
}

}  // namespace finebrush
