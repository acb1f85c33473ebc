#include "core/image/raster/overview_samples.h"

#include "core/image/raster/sample_conversion.h"
#include "core/image/raster/sample_halving.h"
#include "core/image/raster/sample_windows.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace finebrush {

namespace {

/// A window is shrunk to so many px per side.
constexpr int kCellSide = 4;

/// What is hidden of `to` has room already.
void copyPixel(const PixelBuffer& from, int fromX, int fromY, PixelBuffer& to, int x, int y) {
    const size_t bytes = to.bytesPerPixel();
    const size_t source = static_cast<size_t>(fromY) * from.size.width + static_cast<size_t>(fromX);
    const size_t target = static_cast<size_t>(y) * to.size.width + static_cast<size_t>(x);
    std::memcpy(&to.bytes[target * bytes], &from.bytes[source * bytes], bytes);
    to.hidden[target] = from.isHidden(source) ? 1 : 0;
}

}  // namespace

Result<PixelBuffer> overviewOfSamples(const RasterLevels& raster, int level) {
    const PixelSize image = raster.layout().storedSize;
    constexpr int kSide = SampleWindows::kPerSide * kCellSide;
    PixelBuffer mosaic = raster.layout().storedPixels({kSide, kSide});
    mosaic.hidden.resize(static_cast<size_t>(mosaic.size.area()));
    std::optional<Error> problem;
    bool isAnythingRead = false;
    for (int row = 0; row < SampleWindows::kPerSide; ++row) {
        for (int column = 0; column < SampleWindows::kPerSide; ++column) {
            Result<PixelBuffer> window = raster.readStored(0, SampleWindows::at(image, column, row));
            if (!window) {
                problem = window.error();
                if (raster.isReadInOrder()) row = SampleWindows::kPerSide;  // nothing below can be decoded
                break;
            }
            isAnythingRead = true;
            while (std::max(window->size.width, window->size.height) > kCellSide)
                *window = halved(*window, raster.layout().hasIndices());
            for (int y = 0; y < kCellSide; ++y) {
                for (int x = 0; x < kCellSide; ++x) {
                    copyPixel(*window, std::min(x, window->size.width - 1),
                              std::min(y, window->size.height - 1), mosaic, column * kCellSide + x,
                              row * kCellSide + y);
                }
            }
        }
    }
    if (!isAnythingRead) return failure(*problem);
    PixelBuffer overview = raster.layout().storedPixels(sizeOfLevel(image, level));
    overview.hidden.resize(static_cast<size_t>(overview.size.area()));
    for (int y = 0; y < overview.size.height; ++y) {
        for (int x = 0; x < overview.size.width; ++x) {
            copyPixel(mosaic, static_cast<int>(int64_t{x} * kSide / overview.size.width),
                      static_cast<int>(int64_t{y} * kSide / overview.size.height), overview, x, y);
        }
    }
    forgetIfNothingIsHidden(overview);
    return overview;
}

}  // namespace finebrush
