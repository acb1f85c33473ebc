#include "core/exporters/coco_exporter.h"

#include "core/exporters/coco_rle.h"
#include "core/exporters/label_regions.h"

#include <nlohmann/json.hpp>

namespace finebrush {

namespace {

using Json = nlohmann::ordered_json;

Json categoriesOf(const ClassTable& classes) {
    Json categories = Json::array();
    for (const LabelClass& entry : classes.classes()) {
        categories.push_back({{"id", entry.value}, {"name", entry.name}, {"supercategory", ""}});
    }
    return categories;
}

Json annotationOf(const LabelRegion& region, PixelSize imageSize) {
    const RectInImage& box = region.box;
    Json runs = {{"size", {imageSize.height, imageSize.width}},
                 {"counts", compressedCocoRuns(cocoRuns(region, imageSize))}};
    return {{"category_id", region.value},
            {"segmentation", std::move(runs)},
            {"area", region.area},
            {"bbox", {box.x, box.y, box.width, box.height}},
            {"iscrowd", 0}};
}

}  // namespace

Result<bool> exportCoco(const std::filesystem::path& file, std::span<const CocoImage> images,
                        const ClassTable& classes, const InputFiles& inputs, const std::stop_token& stop) {
    Json entries = Json::array();
    Json annotations = Json::array();
    for (const CocoImage& image : images) {
        if (stop.stop_requested()) return false;
        const LabelMap labels = image.labels();
        const Result<void> known = requireKnownClasses(labels, classes, image.fileName);
        if (!known) return failure(known.error());
        const PixelSize size = labels.size();
        const size_t imageId = entries.size() + 1;
        entries.push_back(
            {{"id", imageId}, {"file_name", image.fileName}, {"width", size.width}, {"height", size.height}});
        const bool isDone = visitRegions(labels.toMask(), [&](const LabelRegion& region) {
            if (stop.stop_requested()) return false;
            Json annotation = {{"id", annotations.size() + 1}, {"image_id", imageId}};
            annotation.update(annotationOf(region, size));
            annotations.push_back(std::move(annotation));
            return true;
        });
        if (!isDone) return false;
    }
    const Json document = {{"images", std::move(entries)},
                           {"categories", categoriesOf(classes)},
                           {"annotations", std::move(annotations)}};
    return writeTextExport(file, document.dump() + "\n", inputs, stop);
}

}  // namespace finebrush
