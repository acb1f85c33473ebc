#include "core/exporters/labelme_exporter.h"

#include "core/base/files.h"
#include "core/exporters/label_regions.h"
#include "core/image/raster/png_writer.h"

#include <nlohmann/json.hpp>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <memory>
#include <string>

namespace finebrush {

namespace {

using Json = nlohmann::ordered_json;

/// The version whose file layout this is; labelme reads files of any older one.
constexpr const char* kLabelmeVersion = "5.4.1";

std::string base64(const std::vector<uint8_t>& bytes) {
    const std::unique_ptr<char, decltype(&VSIFree)> text(
        CPLBase64Encode(static_cast<int>(bytes.size()), bytes.data()), &VSIFree);
    return text.get();
}

Result<Json> shapeOf(const LabelRegion& region, const ClassTable& classes) {
    const RectInImage& box = region.box;
    const Result<std::vector<uint8_t>> png = encodePng({box.width, box.height}, 1, region.inside);
    if (!png) return failure(png.error());
    return Json{{"label", classes.findValue(region.value)->name},
                {"points", {{box.x, box.y}, {box.right() - 1, box.bottom() - 1}}},
                {"group_id", nullptr},
                {"description", ""},
                {"shape_type", "mask"},
                {"flags", Json::object()},
                {"mask", base64(*png)}};
}

}  // namespace

Result<void> exportLabelme(const std::filesystem::path& file, const ImageAddress& image,
                           const IndexMask& mask, const ClassTable& classes, const InputFiles& inputs) {
    const Result<void> known = requireKnownClasses(mask, classes, image.file);
    if (!known) return known;
    Json shapes = Json::array();
    for (const LabelRegion& region : labelRegions(mask)) {
        Result<Json> shape = shapeOf(region, classes);
        if (!shape) return failure(shape.error());
        shapes.push_back(std::move(*shape));
    }
    const ImageAddress imageFromFile(image.file.lexically_proximate(file.parent_path()), image.slice);
    const Json document = {{"version", kLabelmeVersion},   {"flags", Json::object()},
                           {"shapes", std::move(shapes)},  {"imagePath", toText(imageFromFile)},
                           {"imageData", nullptr},         {"imageHeight", mask.size.height},
                           {"imageWidth", mask.size.width}};
    return writeTextExport(file, document.dump(2) + "\n", inputs);
}

}  // namespace finebrush
