#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/display/display_mapping.h"
#include "core/image/raster/large_raster.h"

#include <optional>
#include <vector>

namespace finebrush {

/// What a network gets of a window of a level: the raw pixels, or 8-bit RGB as it is shown where a mapping is
/// given; `limits` are those of the whole image (`PixelBuffer::limits`). Blocks; any thread. Errors: as
/// `LargeRaster::read`.
Result<PixelBuffer> windowForModel(const LargeRaster& raster, int level, const RectInImage& rect,
                                   const std::optional<DisplayMapping>& shownAs,
                                   const std::vector<ValueRange>& limits);

/// The same without content.
PixelBuffer blankWindow(const LargeRaster& raster, PixelSize size,
                        const std::optional<DisplayMapping>& shownAs);

}  // namespace finebrush
