#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace finebrush {

/// A larger document is not read.
inline constexpr uint64_t kMaxJsonBytes = uint64_t{1} << 30;

/// What a JSON document holds, without the document: it takes the memory of its outermost level, however much
/// lies within.
struct JsonOutline {
    /// The outermost level; what lies within is empty, and so are a list and an embedded picture.
    nlohmann::json top;
    std::map<std::string, int64_t> entries;  ///< of each list and object of that level; "": of a list itself
    std::map<std::string, int64_t> labels;   ///< how many of the "shapes" have which "label"
    int64_t outlines = 0;                    ///< "annotations" with a "segmentation" of polygons
    int64_t runLengths = 0;                  ///< "annotations" with a "segmentation" of run lengths

    int64_t entriesOf(const std::string& key) const;
};

/// Walks through a document once. Blocks; any thread. Errors: FileMissing, FileNotReadable, LabelsMalformed
/// where it is no JSON or larger than `kMaxJsonBytes`.
Result<JsonOutline> outlineOfJson(const std::filesystem::path& file);

}  // namespace finebrush
