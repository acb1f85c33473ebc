#include "core/session/images/overview_maker.h"

#include "core/base/files.h"
#include "core/session/images/image_jobs.h"

#include <utility>

namespace finebrush {

namespace {

ShownOverview shown(const LargeRaster& raster, PixelBuffer overview) {
    const DisplayMapping display = raster.usualDisplay(overview);
    return {std::make_shared<const PixelBuffer>(std::move(overview)), display};
}

Result<MadeOverviews> makeOverviews(LargeRaster& raster,
                                    const std::function<void(LargeRaster::Progress)>& progress,
                                    const std::stop_token& stop) {
    const Result<PyramidOutcome> made = raster.makePyramid(progress, stop);
    if (!made) return failure(made.error());
    MadeOverviews outcome;
    if (made->damaged) {
        outcome.damage =
            Error{ErrorCode::ImageDamaged, {utf8(raster.file()), "parts of it cannot be decoded"}, {}};
    }
    if (made->stopped) return outcome;
    Result<PixelBuffer> overview = raster.readOverview();
    if (!overview) return failure(overview.error());
    outcome.overview = shown(raster, std::move(*overview));
    outcome.thumbnail = thumbnailOf(*outcome.overview->pixels, outcome.overview->usualDisplay);
    return outcome;
}

}  // namespace

OverviewMaker::OverviewMaker(const OwnerThread::Post& post, Events events)
    : events_(std::move(events)), owner_(post), worker_(post) {}

std::shared_ptr<LargeRaster> OverviewMaker::complete(const ImageId& id,
                                                     const std::shared_ptr<LargeRaster>& raster) {
    if (const auto begun = atWork_.find(id); begun != atWork_.end()) return begun->second.raster;
    if (raster->hasPyramid() || !raster->canMakePyramid()) return raster;
    const std::stop_source stop = atWork_.emplace(id, Work{raster, {}}).first->second.stop;
    const auto progress = [post = owner_.poster(), this, id, raster](LargeRaster::Progress reached) {
        post([this, id, fraction = reached.fraction, overview = shown(*raster, std::move(reached.overview))] {
            if (atWork_.contains(id)) events_.progressed(id, fraction, overview);
        });
    };
    worker_.run<MadeOverviews>(
        [raster, progress, stop](const std::stop_token& ending) {
            const std::stop_callback forward(ending, [stop]() mutable { stop.request_stop(); });
            return makeOverviews(*raster, progress, stop.get_token());
        },
        [this, id](const Result<MadeOverviews>& made) {
            atWork_.erase(id);
            events_.ended(id, made);
        });
    return raster;
}

void OverviewMaker::stop() {
    for (auto& [id, work] : atWork_) work.stop.request_stop();
}

}  // namespace finebrush
