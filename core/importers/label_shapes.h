#pragma once

#include "core/base/geometry.h"
#include "core/labels/pixel_region.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What annotation files in JSON have in common.
namespace finebrush {

/// A list of [x, y]; nothing where it is none.
std::optional<std::vector<PointInImage>> pointsFrom(const nlohmann::json& list);
/// A list x, y, x, y ...; nothing where it is none.
std::optional<std::vector<PointInImage>> flatPointsFrom(const nlohmann::json& list);

/// The pixels of a circle given by its centre and a point on it.
PixelRegion circleRegion(PointInImage centre, PointInImage onCircle, PixelSize image);

/// The pixels of a mask that is a PNG in base64, its upper left pixel at a place of the image; nothing where
/// it is no PNG of one band, or lies outside.
std::optional<PixelRegion> pngRegion(const std::string& base64, int x, int y, PixelSize image);

/// A text of an object; empty where it has none.
std::string textOf(const nlohmann::json& object, std::string_view key);
/// A whole number of an object.
std::optional<int64_t> numberOf(const nlohmann::json& object, std::string_view key);

}  // namespace finebrush
