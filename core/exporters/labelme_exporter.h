#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"

#include <filesystem>

namespace finebrush {

/// Writes the labels of one image as a labelme JSON file, which names the image by its path relative to the
/// file. Each connected region is a shape of type "mask": the corner pixels of its box, and its pixels as a
/// PNG of 0 and 1 in base64, so that holes and single pixels survive. Blocks; any thread. Errors: as
/// `writeExport`, and LabelsUnknownClass.
Result<void> exportLabelme(const std::filesystem::path& file, const std::filesystem::path& image,
                           const IndexMask& mask, const ClassTable& classes, const InputFiles& inputs);

}  // namespace finebrush
