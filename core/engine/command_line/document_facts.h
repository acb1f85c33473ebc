#pragma once

#include "core/base/result.h"
#include "core/engine/command_line/facts.h"

#include <filesystem>
#include <optional>

namespace finebrush {

/// Whether a file begins as one of SQLite, in which projects are kept.
bool isDatabase(const std::filesystem::path& file);

/// What a file is that holds neither pixels nor tensors: annotations (labelme, COCO, a vector file), a class
/// list of any program whose lists are read, a key map, the configuration of an adapter, a table. Nothing
/// where it is no text and no vector file. Large documents are walked through, not held. Blocks. Errors:
/// FileKindUnknown with the reason, and what reading it reports.
Result<std::optional<Facts>> documentFacts(const std::filesystem::path& file);

}  // namespace finebrush
