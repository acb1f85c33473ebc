#pragma once

#include "core/base/result.h"
#include "core/image/raster/raster_levels.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace finebrush {

/// How a pyramid comes about. `overview` is the image at its coarsest level, samples as they are stored;
/// where nothing was read yet it is what the caller gave.
using PyramidProgress = std::function<void(double fraction, const PixelBuffer& overview)>;

struct PyramidOutcome {
    bool stopped = false;
    bool damaged = false;  ///< parts that cannot be decoded are empty
};

/// Makes the levels 1 to `levels` of a raster as one TIFF with overviews: level 1 is the picture, the
/// others are its overviews. Of a raster that is read in order level 0 is the picture. `overview` is of
/// the last level and is filled on the way. The memory that this takes does not grow with the raster. The
/// file's metadata holds `identity`. Blocks for long. Errors: FileNotWritable, DiskFull; what is written
/// by then stays.
Result<PyramidOutcome> writePyramid(const RasterLevels& raster, const std::filesystem::path& target,
                                    const std::string& identity, int levels, PixelBuffer& overview,
                                    const PyramidProgress& progress, const std::stop_token& stop);

/// What `writePyramid` noted in a file; empty for any other file.
std::string pyramidIdentity(const std::filesystem::path& file);

}  // namespace finebrush
