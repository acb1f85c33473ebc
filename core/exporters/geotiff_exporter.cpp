#include "core/exporters/geotiff_exporter.h"

#include "core/exporters/geotiff_rows.h"
#include "core/exporters/label_rows.h"

namespace finebrush {

std::string geoTiffFileName(const std::string& stem) {
    return stem + "_mask.tif";
}

Result<bool> exportGeoTiff(const std::filesystem::path& file, const std::filesystem::path& raster,
                           const LabelMap& labels, const ClassTable& classes, const InputFiles& inputs,
                           const std::stop_token& stop) {
    Result<GeoTiffRows> written = GeoTiffRows::create(file, raster, labels.size(), &classes, inputs);
    if (!written) return failure(written.error());
    LabelRows rows(labels);
    for (int y = 0; y < labels.size().height; y += LabelMap::kTileSize) {
        if (stop.stop_requested()) return false;
        if (const Result<void> added = written->add(rows.from(y)); !added) return failure(added.error());
    }
    return written->finish(stop);
}

}  // namespace finebrush
