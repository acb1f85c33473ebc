#pragma once

#include "tests/core/exporters/export_fixtures.h"

#include <gdal_priv.h>

#include <array>
#include <filesystem>
#include <ogr_spatialref.h>

namespace finebrush::testing {

/// Pixels of 10 m, turned a little, in UTM zone 32.
inline constexpr std::array<double, 6> kMapTransform = {500000, 10, 0.5, 5000000, 0.5, -10};
inline constexpr int kMapEpsg = 32632;

/// Writes a georeferenced image.
inline void writeMap(const std::filesystem::path& file, PixelSize size) {
    writeImage(file, "GTiff", randomPixels(size, 1, PixelType::UInt8), {}, [](GDALDataset& dataset) {
        std::array<double, 6> transform = kMapTransform;
        dataset.SetGeoTransform(transform.data());
        OGRSpatialReference system;
        system.importFromEPSG(kMapEpsg);
        dataset.SetSpatialRef(&system);
    });
}

}  // namespace finebrush::testing
