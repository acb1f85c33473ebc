#pragma once

#include "core/importers/imported_labels.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// The images whose file, or slice, a name in a file of labels may mean: a path, a file name or a stem, with
/// or without "_mask" and "_labels"; that of a volume means its slice. Longer agreement of the path decides
/// where several have one name; none where that leaves several.
std::optional<size_t> targetNamed(const std::string& name, const std::vector<ImportTarget>& targets);

}  // namespace finebrush
