#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/raster_levels.h"

namespace finebrush {

/// A rough picture of a whole raster at a level, from a few small windows of the image that are spread over
/// it: what can be seen before all of it was read. Samples as they are stored. Blocks. Errors: ImageDamaged
/// where no window can be decoded, and those of opening the file.
Result<PixelBuffer> overviewOfSamples(const RasterLevels& raster, int level);

}  // namespace finebrush
