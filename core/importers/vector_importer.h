#pragma once

#include "core/base/result.h"
#include "core/importers/imported_labels.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace finebrush {

/// True for what may be a vector file: .geojson, .gpkg, .shp.
bool hasVectorEnding(const std::filesystem::path& file);

/// Burns the areas of a vector file (GeoJSON, GeoPackage, Shapefile; no other driver of OGR is asked) into
/// the pixels whose centres they hold, in their order. The class is the text of a column that is called like
/// one ("class", "label", "name" ...), else the layer's name. On a georeferenced image the areas are
/// projected to it; on any other their coordinates are pixels, as QuPath writes them, and a file that names a
/// reference system is refused. Blocks; any thread. Errors: FileMissing, NotARegularFile, FileNotReadable,
/// LabelsMalformed, LabelsGridMismatch where they lie elsewhere.
Result<ImportedLabels> importVectors(const std::filesystem::path& file, const ImportTarget& target,
                                     size_t place);

/// What a vector file holds, whatever image it may be of.
struct VectorSummary {
    std::string format;           ///< the name of OGR's driver: "GeoJSON"
    std::string referenceSystem;  ///< empty: none, or not named
    std::vector<std::string> columns;
    std::string classColumn;                 ///< of `columns`; empty: the layer's name is the class
    std::map<std::string, int64_t> classes;  ///< how many areas each has
    int64_t areas = 0;
    int64_t withoutArea = 0;  ///< points, lines and empty shapes, which are not imported
};

/// Reads through a vector file. Blocks; any thread. Errors: FileMissing, NotARegularFile, FileNotReadable,
/// LabelsMalformed.
Result<VectorSummary> summaryOfVectors(const std::filesystem::path& file);

}  // namespace finebrush
