#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace finebrush {

/// 256 entries of 8-bit RGB.
using Palette = std::array<std::array<uint8_t, 3>, 256>;

/// Encodes an 8-bit palette PNG whose indices are the mask's values: index data and a picture in one file.
Result<std::vector<uint8_t>> encodeIndexPng(const IndexMask& mask, const Palette& palette);

/// Encodes 8-bit grey (1 band) or RGB (3 bands), row-major and interleaved.
Result<std::vector<uint8_t>> encodePng(PixelSize size, int bands, std::span<const uint8_t> samples);

}  // namespace finebrush
