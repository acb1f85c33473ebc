#pragma once

#include "core/base/result.h"
#include "core/image/raster/large_raster.h"

#include <functional>
#include <stop_token>

namespace finebrush {

/// Tells how far long preparations are: a word or two, and 0..1.
using TellProgress = std::function<void(const char* what, double fraction)>;

/// Makes the overviews of an image where it has none at a level. Stopped it returns as well. Blocks; any
/// thread. Errors: as `makePyramid`, ImageDamaged, and OptionInvalid where there is no folder for them, or
/// the image has no such level.
Result<void> makeReadable(LargeRaster& raster, int level, const TellProgress& tell,
                          const std::stop_token& stop);

}  // namespace finebrush
