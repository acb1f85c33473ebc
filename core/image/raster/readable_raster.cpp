#include "core/image/raster/readable_raster.h"

#include "core/image/image_errors.h"

#include <string>

namespace finebrush {

Result<void> makeReadable(LargeRaster& raster, int level, const TellProgress& tell,
                          const std::stop_token& stop) {
    if (level <= raster.coarsestLevel()) return {};
    const Result<PyramidOutcome> made = raster.makePyramid(
        [&](const LargeRaster::Progress& progress) { tell("making overviews", progress.fraction); }, stop);
    if (!made) return failure(made.error());
    if (made->damaged) return unreadable(raster.file(), "parts of it cannot be decoded", {});
    const bool isReadable = made->stopped || level <= raster.coarsestLevel();
    if (!isReadable) {
        return failure(ErrorCode::OptionInvalid,
                       {"level", std::to_string(level), "the image has no overviews of this level"});
    }
    return {};
}

}  // namespace finebrush
