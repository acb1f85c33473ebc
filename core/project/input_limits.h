#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/large_raster.h"
#include "core/image/raster/readable_raster.h"
#include "core/messages/input_range.h"

#include <stop_token>
#include <vector>

namespace finebrush {

/// The raw values that a network with an input range gets as 0 and as 1 of a whole image, for
/// `PixelBuffer::limits` of its windows: by the overview of an image that is too large to be read whole, of
/// whose values an even sample counts (as `sampleMeasurements`). An overview averages, so that the smallest
/// and the largest values of the image may lie beyond; these are cut off. None where the range does not go by
/// the values of an image. The automatic one is measured as `MinMax`: a network that was trained otherwise
/// pays no heed to it.
std::vector<ValueRange> measuredLimits(const PixelBuffer& overview, const InputRange& range);

/// The same of a raster. Makes its overviews where they are needed, there are none and there is a folder for
/// them, so that every run measures the same. Stopped it returns as well. Blocks, for long where overviews
/// are made; any thread. Errors: as `LargeRaster::readOverview`.
Result<std::vector<ValueRange>> limitsForModel(LargeRaster& raster, const InputRange& range,
                                               const TellProgress& tell, const std::stop_token& stop);

}  // namespace finebrush
