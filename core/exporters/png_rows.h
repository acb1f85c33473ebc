#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/exporters/export_file.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>

namespace finebrush {

/// 256 entries of 8-bit RGB.
using Palette = std::array<std::array<uint8_t, 3>, 256>;

/// The next rows of samples from row `y` on, one at least and each whole. They need to last only until the
/// next are asked for.
using RowsFrom = std::function<std::span<const uint8_t>(int y)>;

/// Writes a PNG of 8-bit samples from top to bottom: one of any size takes the memory of the rows that come
/// at once. They are the indices of a palette or, where that is null, interleaved RGB. True means that the
/// file was decoded again and holds them; false where it was asked to stop: then no file is left. Blocks; any
/// thread. Errors: as `writeExport`. Throws std::invalid_argument where the size is empty.
Result<bool> writePng(const std::filesystem::path& file, PixelSize size, const Palette* palette,
                      const RowsFrom& rowsFrom, const InputFiles& inputs, const std::stop_token& stop = {});

}  // namespace finebrush
