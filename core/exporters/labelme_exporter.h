#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/image/image_address.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <filesystem>
#include <stop_token>

namespace finebrush {

/// Writes the labels of one image as a labelme JSON file, which names the image by its path relative to the
/// file, and of a volume the slice ("scan.nii.gz#axial:12"). Each connected region is a shape of type "mask":
/// the corner pixels of its box, and its pixels as a PNG of 0 and 1 in base64, so that holes and single
/// pixels survive. False where it was asked to stop: then there is no file. Blocks; any thread. Errors: as
/// `writeExport`, and LabelsUnknownClass.
Result<bool> exportLabelme(const std::filesystem::path& file, const ImageAddress& image,
                           const LabelMap& labels, const ClassTable& classes, const InputFiles& inputs,
                           const std::stop_token& stop = {});

}  // namespace finebrush
