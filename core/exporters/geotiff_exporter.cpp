#include "core/exporters/geotiff_exporter.h"

#include "core/exporters/geotiff_rows.h"

#include <algorithm>
#include <vector>

namespace finebrush {

std::string geoTiffFileName(const std::string& stem) {
    return stem + "_mask.tif";
}

Result<bool> exportGeoTiff(const std::filesystem::path& file, const std::filesystem::path& raster,
                           const LabelMap& labels, const ClassTable& classes, const InputFiles& inputs,
                           const std::stop_token& stop) {
    const PixelSize size = labels.size();
    Result<GeoTiffRows> written = GeoTiffRows::create(file, raster, size, &classes, inputs);
    if (!written) return failure(written.error());
    std::vector<uint8_t> values;
    for (int y = 0; y < size.height; y += LabelMap::kTileSize) {
        if (stop.stop_requested()) return false;
        const RectInImage rows{0, y, size.width, std::min(LabelMap::kTileSize, size.height - y)};
        values.resize(static_cast<size_t>(rows.area()));
        labels.read(rows, values);
        if (const Result<void> added = written->add(values); !added) return failure(added.error());
    }
    return written->finish(stop);
}

}  // namespace finebrush
