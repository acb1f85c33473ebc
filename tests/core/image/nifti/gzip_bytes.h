#pragma once

#include "core/image/nifti/gzip_file.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush::testing {

inline std::vector<uint8_t> gzip(std::span<const uint8_t> bytes) {
    return GzipPacker().add(bytes, true);
}

}  // namespace finebrush::testing
