#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/image/image_address.h"
#include "core/labels/class_table.h"

#include <filesystem>

namespace finebrush {

/// Writes the labels of one image as a labelme JSON file, which names the image by its path relative to the
/// file, and of a volume the slice ("scan.nii.gz#axial:12"). Each connected region is a shape of type "mask":
/// the corner pixels of its box, and its pixels as a PNG of 0 and 1 in base64, so that holes and single
/// pixels survive. Blocks; any thread. Errors: as `writeExport`, and LabelsUnknownClass.
Result<void> exportLabelme(const std::filesystem::path& file, const ImageAddress& image,
                           const IndexMask& mask, const ClassTable& classes, const InputFiles& inputs);

}  // namespace finebrush
