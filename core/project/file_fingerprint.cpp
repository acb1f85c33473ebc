#include "core/project/file_fingerprint.h"

#include "core/base/files.h"

#include <array>
#include <fstream>
#include <memory>
#include <new>
#include <openssl/evp.h>
#include <vector>

namespace finebrush {

namespace {

constexpr size_t kChunk = size_t{1} << 20;
/// A file that is larger is told by so many chunks that are spread evenly over it.
constexpr uint64_t kReadWhole = uint64_t{1} << 30;
constexpr uint64_t kChunksOfLarge = 64;

std::string hexadecimal(std::span<const uint8_t> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

}  // namespace

Result<FileFingerprint> fingerprintOf(const std::filesystem::path& path, const std::stop_token& stop) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem))
        return failure(ErrorCode::FileMissing, {utf8(path)});
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure(ErrorCode::FileNotReadable, {utf8(path)});

    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
    FileFingerprint fingerprint;
    std::vector<char> chunk(kChunk);
    const uint64_t size = std::filesystem::file_size(path, problem);
    const bool isLarge = !problem && size > kReadWhole;
    for (uint64_t i = 0; (!isLarge || i < kChunksOfLarge) && !stop.stop_requested(); ++i) {
        if (isLarge) file.seekg(static_cast<std::streamoff>((size - kChunk) * i / (kChunksOfLarge - 1)));
        file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        if (file.gcount() == 0) break;
        EVP_DigestUpdate(digest.get(), chunk.data(), static_cast<size_t>(file.gcount()));
        fingerprint.bytes += static_cast<uint64_t>(file.gcount());
    }
    if (isLarge) fingerprint.bytes = size;
    if (file.bad()) return failure(ErrorCode::FileNotReadable, {utf8(path)});

    std::array<uint8_t, EVP_MAX_MD_SIZE> hash;
    unsigned int length = 0;
    EVP_DigestFinal_ex(digest.get(), hash.data(), &length);
    fingerprint.sha256 = hexadecimal(std::span(hash).first(length));
    return fingerprint;
}

}  // namespace finebrush
