#include "core/project/input_limits.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/image/display/value_summary.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

/// The bands that the network gets, each once where one stands for all colours.
std::vector<int> bandsOf(const InputRange& range, int count) {
    if (range.bands && std::ranges::max(*range.bands) < count)
        return {range.bands->begin(), range.bands->end()};
    return count >= 3 ? std::vector{0, 1, 2} : std::vector{0};
}

/// The value at rank round(percent / 100 · (n - 1)) of at least one; reorders them.
double percentile(std::vector<double>& values, double percent) {
    const auto place = values.begin() + std::lround(percent / 100 * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

ValueRange measured(const PixelBuffer& overview, const std::vector<int>& bands, const InputRange& range) {
    std::vector<double> values = sampleMeasurements(overview, bands);
    if (values.empty()) return {};
    if (range.kind == InputRange::Kind::Percentile) {
        const double low = percentile(values, range.first);
        return {low, percentile(values, range.second)};
    }
    const auto [least, most] = std::ranges::minmax_element(values);
    return {*least, *most};
}

}  // namespace

std::vector<ValueRange> measuredLimits(const PixelBuffer& overview, const InputRange& range) {
    std::vector<ValueRange> limits;
    if (!range.goesByValues(overview.type)) return limits;
    const std::vector<int> bands = bandsOf(range, overview.bands);
    if (!range.eachBand) {
        limits.push_back(measured(overview, bands, range));
        return limits;
    }
    for (const int band : bands) limits.push_back(measured(overview, {band}, range));
    return limits;
}

Result<std::vector<ValueRange>> limitsForModel(LargeRaster& raster, const InputRange& range,
                                               const TellProgress& tell, const std::stop_token& stop) {
    if (!range.goesByValues(raster.emptyPixels().type)) return std::vector<ValueRange>();
    if (!raster.canRead(raster.overviewLevel())) {
        const Result<PyramidOutcome> made = raster.makePyramid(
            [&](const LargeRaster::Progress& progress) { tell("making overviews", progress.fraction); },
            stop);
        if (!made)
            logWarning(formatted("limits are those of a rough overview: %s", describe(made.error()).c_str()));
    }
    const Result<PixelBuffer> overview = raster.readOverview();
    if (!overview) return failure(overview.error());
    return measuredLimits(*overview, range);
}

}  // namespace finebrush
