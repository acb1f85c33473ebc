#pragma once

#include "core/base/files.h"
#include "core/base/sha256.h"
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

inline std::vector<uint8_t> fromBase64(const std::string& text) {
    std::vector<uint8_t> bytes(text.size() / 4 * 3);
    EVP_DecodeBlock(bytes.data(), reinterpret_cast<const uint8_t*>(text.data()),
                    static_cast<int>(text.size()));
    bytes.resize(bytes.size() - static_cast<size_t>(std::count(text.end() - 2, text.end(), '=')));
    return bytes;
}

}  // namespace finebrush::testing
