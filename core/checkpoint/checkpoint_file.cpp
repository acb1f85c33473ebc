#include "core/checkpoint/checkpoint_file.h"

#include "core/base/files.h"
#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/pth_file.h"
#include "core/checkpoint/safetensors_file.h"

#include <array>
#include <openssl/evp.h>
#include <stdexcept>

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

std::string sha256(std::span<const uint8_t> bytes) {
    std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-256");
    }
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += kDigits[digest[i] >> 4];
        text += kDigits[digest[i] & 15];
    }
    return text;
}

Result<std::string> sha256OfFile(const std::filesystem::path& path) {
    const auto file = MappedFile::open(path);
    if (!file) return failure(file.error());
    return sha256(file->bytes());
}

}  // namespace finebrush
