#pragma once

#include "core/base/files.h"
#include "core/image/volume/volume.h"
#include "tests/core/image/image_fixtures.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <openssl/evp.h>

namespace finebrush::testing {

// What readers that are not ours (nibabel, pydicom, tifffile) make of files, as check sums. A script beside
// each file of them makes it.

inline nlohmann::json expectedValues(const std::string& folder, const std::string& file = "expected.json") {
    return nlohmann::json::parse(bytesOf(FINEBRUSH_SOURCE_DIR "/tests/core/image/" + folder + "/" + file));
}

/// Lower-case hexadecimal.
inline std::string sha256(std::span<const uint8_t> bytes) {
    std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        constexpr char kDigits[] = "0123456789abcdef";
        text += {kDigits[digest[i] >> 4], kDigits[digest[i] & 15]};
    }
    return text;
}

inline std::vector<uint8_t> fromBase64(const std::string& text) {
    std::vector<uint8_t> bytes(text.size() / 4 * 3);
    EVP_DecodeBlock(bytes.data(), reinterpret_cast<const uint8_t*>(text.data()),
                    static_cast<int>(text.size()));
    bytes.resize(bytes.size() - static_cast<size_t>(std::count(text.end() - 2, text.end(), '=')));
    return bytes;
}

}  // namespace finebrush::testing
