#include "core/importers/label_shapes.h"

#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/gdal_memory_file.h"
#include "core/labels/polygon_fill.h"

#include <gdal_priv.h>

#include <cmath>
#include <cpl_string.h>
#include <numbers>
#include <utility>

namespace finebrush {

namespace {

using nlohmann::json;

constexpr int kCircleCorners = 180;

}  // namespace

std::optional<std::vector<PointInImage>> pointsFrom(const json& list) {
    if (!list.is_array()) return std::nullopt;
    std::vector<PointInImage> points;
    for (const json& point : list) {
        if (!point.is_array() || point.size() < 2 || !point[0].is_number() || !point[1].is_number())
            return std::nullopt;
        points.push_back({point[0].get<double>(), point[1].get<double>()});
    }
    return points;
}

std::optional<std::vector<PointInImage>> flatPointsFrom(const json& list) {
    if (!list.is_array() || list.size() % 2 != 0) return std::nullopt;
    std::vector<PointInImage> points;
    for (size_t i = 0; i < list.size(); i += 2) {
        if (!list[i].is_number() || !list[i + 1].is_number()) return std::nullopt;
        points.push_back({list[i].get<double>(), list[i + 1].get<double>()});
    }
    return points;
}

PixelRegion circleRegion(PointInImage centre, PointInImage onCircle, PixelSize image) {
    const double radius = std::hypot(onCircle.x - centre.x, onCircle.y - centre.y);
    std::vector<PointInImage> corners;
    for (int i = 0; i < kCircleCorners; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCircleCorners;
        corners.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    return polygonRegion(corners, image);
}

std::optional<PixelRegion> pngRegion(const std::string& base64, int x, int y, PixelSize image) {
    std::vector<uint8_t> bytes(base64.begin(), base64.end());
    bytes.push_back(0);
    bytes.resize(static_cast<size_t>(CPLBase64DecodeInPlace(bytes.data())));
    prepareGdal();
    constexpr const char* kPng[] = {"PNG", nullptr};
    const MemoryFile file(".png", bytes);
    const GdalMessages messages;
    const GDALDatasetUniquePtr mask(GDALDataset::Open(file.name(), GDAL_OF_RASTER | GDAL_OF_READONLY, kPng));
    if (!mask || mask->GetRasterCount() != 1) return std::nullopt;
    if (x < 0 || y < 0 || x >= image.width || y >= image.height) return std::nullopt;
    const RectInImage box{x, y, mask->GetRasterXSize(), mask->GetRasterYSize()};
    if (box.intersected(RectInImage::ofSize(image)) != box) return std::nullopt;
    PixelRegion region;
    std::vector<uint8_t> values(static_cast<size_t>(box.width));
    for (int row = 0; row < box.height; ++row) {
        if (mask->GetRasterBand(1)->RasterIO(GF_Read, 0, row, box.width, 1, values.data(), box.width, 1,
                                             GDT_Byte, 0, 0, nullptr) != CE_None)
            return std::nullopt;
        region.addRow(x, y + row, values);
    }
    return messages.isEmpty() ? std::optional(std::move(region)) : std::nullopt;
}

std::string textOf(const json& object, std::string_view key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<int64_t> numberOf(const json& object, std::string_view key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<int64_t>();
}

}  // namespace finebrush
