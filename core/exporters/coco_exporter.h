#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

namespace finebrush {

/// An image's labels under the file name that the annotation file gives it. They are asked for once, when it
/// is the image's turn, so that one image at a time takes memory.
struct CocoImage {
    std::string fileName;
    std::function<LabelMap()> labels;
};

/// Writes the labels of all images as one COCO detection file (JSON): a category a class, its id the class
/// value; an annotation a connected region, as compressed run lengths (polygons cannot say holes) with area
/// and box, `iscrowd` 0. False where it was asked to stop: then there is no file. Blocks; any thread. Errors:
/// as `writeExport`, and LabelsUnknownClass.
Result<bool> exportCoco(const std::filesystem::path& file, std::span<const CocoImage> images,
                        const ClassTable& classes, const InputFiles& inputs,
                        const std::stop_token& stop = {});

}  // namespace finebrush
