#include "core/engine/large_prediction.h"

#include "core/exporters/geotiff_rows.h"
#include "core/exporters/overlay_exporter.h"
#include "core/image/raster/raster_window.h"
#include "core/project/input_limits.h"

#include <algorithm>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

/// Writes rows of a level in the size of the image.
class LevelRows {
  public:
    LevelRows(GeoTiffRows file, PixelSize image, int level)
        : file_(std::move(file)), image_(image), level_(level) {}

    Result<void> add(const std::vector<uint8_t>& values, PixelSize size) {
        if (level_ == 0) return file_.add(values);
        std::vector<uint8_t> wide(static_cast<size_t>(image_.width));
        for (int y = 0; y < size.height; ++y) {
            const uint8_t* row = values.data() + static_cast<size_t>(y) * size.width;
            for (int x = 0; x < image_.width; ++x) wide[static_cast<size_t>(x)] = row[x >> level_];
            for (int i = 0; i < 1 << level_ && written_ < image_.height; ++i, ++written_) {
                if (const Result<void> added = file_.add(wide); !added) return added;
            }
        }
        return {};
    }
    Result<bool> finish() { return file_.finish(); }

  private:
    GeoTiffRows file_;
    PixelSize image_;
    int level_;
    int written_ = 0;  ///< rows of the image
};

/// A mask in the size of the overview, one pixel of each block.
class CoarseMask {
  public:
    CoarseMask(PixelSize image, int level, int overviewLevel)
        : apart_(overviewLevel - level), mask_{sizeOfLevel(image, overviewLevel), {}} {}

    void add(const IndexMask& rows) {
        for (int y = 0; y < rows.size.height; ++y, ++row_) {
            if (row_ % (1 << apart_) != 0) continue;
            for (int x = 0; x < rows.size.width; x += 1 << apart_) mask_.values.push_back(rows.at(x, y));
        }
    }
    const IndexMask& mask() const { return mask_; }

  private:
    int apart_;
    IndexMask mask_;
    int row_ = 0;
};

Result<std::optional<LevelRows>> rowsFor(const std::filesystem::path& file, const LargeRaster& raster,
                                         int level, const ClassTable* classes, const InputFiles& inputs) {
    if (file.empty()) return std::optional<LevelRows>();
    Result<GeoTiffRows> rows = GeoTiffRows::create(file, raster.file(), raster.size(), classes, inputs);
    if (!rows) return failure(rows.error());
    return std::optional<LevelRows>(std::in_place, std::move(*rows), raster.size(), level);
}

Result<bool> writeOverlay(const LargePrediction& files, const LargeRaster& raster, const IndexMask& mask,
                          const ClassTable& classes, const InputFiles& inputs) {
    const Result<PixelBuffer> overview = raster.readOverview();
    if (!overview) return failure(overview.error());
    const std::vector<uint8_t> rgb = toDisplayRgb(*overview, raster.usualDisplay(*overview));
    return exportOverlay(files.overlay, rgb, mask, classes, files.overlayOpacity, inputs);
}

}  // namespace

Result<bool> predictLarge(SegmentationModel& model, LargeRaster& raster, int level,
                          const WindowLayout& layout, Care care, const LargePrediction& files,
                          const ClassTable& classes, const InputFiles& inputs, WorkMonitor& monitor,
                          const TellProgress& tell, const TaughtDisplay& taught) {
    const PixelBuffer like = raster.emptyPixels();
    const bool isShownAsUsual =
        model.inputRange().kind == InputRange::Kind::Displayed && !taught.mappingFor(like.type, like.bands);
    const bool needsOverview = isShownAsUsual || !files.overlay.empty();
    std::stop_source stop;
    const auto tellOrStop = [&](const char* what, double fraction) {
        tell(what, fraction);
        if (monitor.shouldStop()) stop.request_stop();
    };
    const int coarsest = needsOverview ? std::max(level, raster.overviewLevel()) : level;
    const Result<void> readable = makeReadable(raster, coarsest, tellOrStop, stop.get_token());
    if (!readable) return failure(readable.error());
    if (stop.stop_requested()) return false;
    const Result<std::optional<DisplayMapping>> shownAs = mappingForModel(raster, model.inputRange(), taught);
    if (!shownAs) return failure(shownAs.error());
    const Result<std::vector<ValueRange>> limits =
        limitsForModel(raster, model.inputRange(), tellOrStop, stop.get_token());
    if (!limits) return failure(limits.error());
    if (stop.stop_requested()) return false;

    Result<std::optional<LevelRows>> mask = rowsFor(files.mask, raster, level, &classes, inputs);
    if (!mask) return failure(mask.error());
    Result<std::optional<LevelRows>> confidence = rowsFor(files.confidence, raster, level, nullptr, inputs);
    if (!confidence) return failure(confidence.error());
    CoarseMask coarse(raster.size(), level, raster.overviewLevel());
    const Result<bool> predicted = predictByWindows(
        model, sizeOfLevel(raster.size(), level), layout, care,
        [&](const RectInImage& window) { return windowForModel(raster, level, window, *shownAs, *limits); },
        [&](const ClassPrediction& rows) -> Result<void> {
            coarse.add(rows.mask);
            if (const Result<void> added = (*mask)->add(rows.mask.values, rows.mask.size); !added)
                return added;
            return *confidence ? (*confidence)->add(rows.confidence, rows.mask.size) : Result<void>();
        },
        monitor);
    if (!predicted || !*predicted) return predicted;
    if (const Result<bool> done = (*mask)->finish(); !done) return failure(done.error());
    if (*confidence) {
        if (const Result<bool> done = (*confidence)->finish(); !done) return failure(done.error());
    }
    if (!files.overlay.empty()) {
        const Result<bool> done = writeOverlay(files, raster, coarse.mask(), classes, inputs);
        if (!done) return failure(done.error());
    }
    return true;
}

}  // namespace finebrush
