#include "core/importers/labelme_importer.h"

#include "core/importers/image_names.h"
#include "core/importers/import_errors.h"
#include "core/importers/label_shapes.h"
#include "core/importers/mask_painter.h"
#include "core/labels/polygon_fill.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace finebrush {

namespace {

using nlohmann::json;

bool hasNoArea(const std::string& type) {
    return type == "point" || type == "points" || type == "line" || type == "linestrip";
}

/// Nothing where the shape is of another form than labelme writes.
std::optional<PixelRegion> regionOf(const json& shape, PixelSize image) {
    if (!shape.contains("points")) return std::nullopt;
    const auto points = pointsFrom(shape.at("points"));
    if (!points) return std::nullopt;
    const std::string type = textOf(shape, "shape_type");
    if (type == "polygon" || type.empty()) return polygonRegion(*points, image);
    if (points->size() != 2) return std::nullopt;
    const PointInImage first = (*points)[0], second = (*points)[1];
    if (!std::isfinite(first.x + first.y + second.x + second.y)) return std::nullopt;
    if (type == "circle") return circleRegion(first, second, image);
    if (type == "mask") {
        return pngRegion(textOf(shape, "mask"), static_cast<int>(std::lround(first.x)),
                         static_cast<int>(std::lround(first.y)), image);
    }
    if (type != "rectangle") return std::nullopt;
    const PointInImage corners[] = {first, {second.x, first.y}, second, {first.x, second.y}};
    return polygonRegion(corners, image);
}

}  // namespace

std::optional<size_t> labelmeTarget(const std::filesystem::path& file, const json& document,
                                    const std::vector<ImportTarget>& targets) {
    const auto named = targetNamed(utf8(file.stem()), targets);
    if (named) return named;
    return targetNamed(textOf(document, "imagePath"), targets);
}

Result<ImportedLabels> importLabelme(const std::filesystem::path& file, const json& document,
                                     const ImportTarget& target, size_t place) {
    const auto width = numberOf(document, "imageWidth"), height = numberOf(document, "imageHeight");
    if (width && height && (*width != target.size.width || *height != target.size.height))
        return otherSize(file, {static_cast<int>(*width), static_cast<int>(*height)}, target.size);
    const json& shapes = document.at("shapes");
    if (!shapes.is_array()) return badLabels(file, "its “shapes” are no list");
    MaskPainter painter(target.size);
    for (size_t i = 0; i < shapes.size(); ++i) {
        const std::string where = "shape " + std::to_string(i + 1);
        if (!shapes[i].is_object()) return badLabels(file, where + " is no object");
        const std::string name = textOf(shapes[i], "label");
        if (name.empty()) return badLabels(file, where + " has no label");
        if (hasNoArea(textOf(shapes[i], "shape_type"))) continue;
        const auto region = regionOf(shapes[i], target.size);
        if (!region) return badLabels(file, where + " is damaged or of an unknown kind");
        const auto value = painter.valueOf(name);
        if (!value) return badLabels(file, "it has more than 254 classes");
        painter.fill(*region, *value);
    }
    return painter.take(place);
}

}  // namespace finebrush
