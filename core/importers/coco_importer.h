#pragma once

#include "core/importers/imported_labels.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <vector>

namespace finebrush {

/// Paints the annotations of a COCO detection file (polygons, run lengths as lists and as strings) into the
/// images that it names, in their order. An image with an annotation that cannot be read is left out whole.
/// Problems: LabelsMalformed, LabelsSizeMismatch, LabelsNoImage, LabelsOtherImages.
LabelImport importCoco(const std::filesystem::path& file, const nlohmann::json& document,
                       const std::vector<ImportTarget>& targets);

}  // namespace finebrush
