#pragma once

#include "core/base/result.h"
#include "core/importers/imported_labels.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>

namespace finebrush {

/// The image that a labelme file is of: the one that it names, or the one that it is called like.
std::optional<size_t> labelmeTarget(const std::filesystem::path& file, const nlohmann::json& document,
                                    const std::vector<ImportTarget>& targets);

/// Paints the polygons, rectangles, circles and masks of a labelme file in their order; points and lines have
/// no area and are left out. Errors: LabelsMalformed, LabelsSizeMismatch.
Result<ImportedLabels> importLabelme(const std::filesystem::path& file, const nlohmann::json& document,
                                     const ImportTarget& target, size_t place);

}  // namespace finebrush
