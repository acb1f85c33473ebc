#include "core/base/sha256.h"

#include <array>
#include <openssl/evp.h>
#include <stdexcept>

namespace finebrush {

namespace {

void require(int outcome) {
    if (outcome != 1) throw std::runtime_error("OpenSSL has no SHA-256");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    require(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void Sha256::add(std::span<const uint8_t> bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Sha256::digest() {
    std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), &size));
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const uint8_t byte : std::span(digest).first(size)) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::string sha256(std::span<const uint8_t> bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.digest();
}

}  // namespace finebrush
