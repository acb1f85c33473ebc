#include "core/image/raster/placement.h"

#include "core/base/files.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/raster_layout.h"

#include <string>
#include <vector>

namespace finebrush {

namespace {

constexpr uint64_t kMostCrsBytes = uint64_t{64} << 10;

std::optional<OGRSpatialReference> copyOf(const OGRSpatialReference* crs) {
    return crs ? std::optional(*crs) : std::nullopt;
}

/// The regular file of the same stem and another ending, in small letters or capitals; empty where there is
/// none. (GDAL's own search would wait for a pipe.)
std::filesystem::path besideOf(const std::filesystem::path& file, std::string ending) {
    for (const bool inCapitals : {false, true}) {
        if (inCapitals) {
            for (char& letter : ending) letter = static_cast<char>(std::toupper(letter));
        }
        std::filesystem::path beside = file;
        beside.replace_extension(ending);
        std::error_code problem;
        if (std::filesystem::is_regular_file(beside, problem)) return beside;
    }
    return {};
}

/// How the ending of a world file is made of that of an image: "tif" gives "tfw" and "tifw".
std::vector<std::string> worldEndings(const std::filesystem::path& file) {
    const std::string ending = file.extension().string();
    if (ending.size() < 3) return {"wld"};
    const char last = static_cast<char>(std::tolower(ending.back()));
    std::string whole = ending.substr(1);
    for (char& letter : whole) letter = static_cast<char>(std::tolower(letter));
    return {{whole[0], last, 'w'}, whole + "w", "wld"};
}

std::optional<OGRSpatialReference> crsIn(const std::filesystem::path& file) {
    const auto bytes = readFile(file, kMostCrsBytes);
    if (!bytes) return std::nullopt;
    const std::string text(bytes->begin(), bytes->end());
    const GdalMessages ignored;  // without a reference system the image has at least its grid
    OGRSpatialReference crs;
    if (crs.importFromWkt(text.c_str()) != OGRERR_NONE) return std::nullopt;
    crs.morphFromESRI();
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
}

std::optional<Placement> besidePlacement(const std::filesystem::path& file) {
    for (const std::string& ending : worldEndings(file)) {
        const std::filesystem::path world = besideOf(file, ending);
        if (world.empty()) continue;
        Placement placement;
        if (!GDALLoadWorldFile(world.c_str(), placement.mapFromImage.data())) return std::nullopt;
        const std::filesystem::path crs = besideOf(file, "prj");
        if (!crs.empty()) placement.crs = crsIn(crs);
        return placement;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Placement> placementOf(GDALDataset& dataset, const std::filesystem::path& file) {
    if (exifOrientationOf(dataset) > 1) return std::nullopt;
    const GdalMessages ignored;  // what is wrong with a georeference leaves the image as it is
    Placement placement;
    if (dataset.GetGeoTransform(placement.mapFromImage.data()) == CE_None) {
        placement.crs = copyOf(dataset.GetSpatialRef());
        return placement;
    }
    constexpr int kExactly = 0;
    if (GDALGCPsToGeoTransform(dataset.GetGCPCount(), dataset.GetGCPs(), placement.mapFromImage.data(),
                               kExactly)) {
        placement.crs = copyOf(dataset.GetGCPSpatialRef());
        return placement;
    }
    return besidePlacement(file);
}

}  // namespace finebrush
