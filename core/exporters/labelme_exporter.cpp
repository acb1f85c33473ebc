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

Result<bool> exportLabelme(const std::filesystem::path& file, const ImageAddress& image,
                           const LabelMap& labels, const ClassTable& classes, const InputFiles& inputs,
                           const std::stop_token& stop) {
    const Result<void> known = requireKnownClasses(labels, classes, image.file);
    if (!known) return failure(known.error());
    Json shapes = Json::array();
    Result<bool> halted = false;
    const bool isDone = visitRegions(labels.toMask(), [&](const LabelRegion& region) {
        if (stop.stop_requested()) return false;
        Result<Json> shape = shapeOf(region, classes);
        if (!shape) {
            halted = failure(shape.error());
            return false;
        }
        shapes.push_back(std::move(*shape));
        return true;
    });
    if (!isDone) return halted;
    const PixelSize size = labels.size();
    const ImageAddress imageFromFile(image.file.lexically_proximate(file.parent_path()), image.slice);
    const Json document = {{"version", kLabelmeVersion},  {"flags", Json::object()},
                           {"shapes", std::move(shapes)}, {"imagePath", toText(imageFromFile)},
                           {"imageData", nullptr},        {"imageHeight", size.height},
                           {"imageWidth", size.width}};
    return writeTextExport(file, document.dump(2) + "\n", inputs, stop);
}

}  // namespace finebrush
