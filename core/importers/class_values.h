#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/importers/imported_labels.h"

#include <filesystem>
#include <vector>

namespace finebrush {

/// The samples of one band as class numbers; 255 and what is no data are unlabelled. `file` is named in the
/// error. Errors: LabelsValueOutOfRange for a number that is not whole or not within 0 to 253.
Result<IndexMask> classValues(const PixelBuffer& pixels, const std::filesystem::path& file);

/// The classes of labels of which only the values are known.
std::vector<ImportedClass> namelessClasses(const LabelMap& labels);

}  // namespace finebrush
