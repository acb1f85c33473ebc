#pragma once

#include "core/base/result.h"
#include "core/image/raster/gdal_environment.h"

#include <filesystem>

namespace finebrush {

/// Why GDAL could not write a file: DiskFull where next to nothing is free beside it, else FileNotWritable.
tl::unexpected<Error> writeFailure(const std::filesystem::path& file, const GdalMessages& messages);

}  // namespace finebrush
