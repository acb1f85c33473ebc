#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace finebrush {

/// GeoPackage keeps the reference system of the raster; GeoJSON is on WGS 84, as RFC 7946 wants it.
enum class PolygonFormat { GeoPackage, GeoJson };

/// `<stem>.gpkg` or `<stem>.geojson`.
std::string polygonFileName(const std::string& stem, PolygonFormat format);

/// Writes the outlines of all labelled regions as polygons along the edges of the pixels, holes left out,
/// each with the name and the number of its class as "class" and "value". On a raster that is not
/// georeferenced coordinates are pixels, y downwards, as QuPath writes them. False where it was asked to
/// stop: then there is no file. Blocks; any thread. Errors: as `placedMask`, LabelsUnknownClass,
/// PolygonsNotPlaced where the raster's reference system cannot be brought to WGS 84, and as `writeExport`.
Result<bool> exportPolygons(const std::filesystem::path& file, PolygonFormat format,
                            const std::filesystem::path& raster, const LabelMap& labels,
                            const ClassTable& classes, const InputFiles& inputs,
                            const std::stop_token& stop = {});

}  // namespace finebrush
