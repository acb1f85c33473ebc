#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// Encodes 8-bit grey (1 band) or RGB (3 bands), row-major and interleaved.
Result<std::vector<uint8_t>> encodePng(PixelSize size, int bands, std::span<const uint8_t> samples);

}  // namespace finebrush
