#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace finebrush {

/// `<stem>_mask.png`.
std::string maskFileName(const std::string& stem);

/// Writes class numbers as an 8-bit palette PNG, unlabelled pixels as 255; black are these and values without
/// a class. Of any size, in the memory of a row of tiles. True means that the file was decoded again and
/// holds the labels; false where it was asked to stop: then no file is left. Blocks; any thread. Errors: as
/// `writeExport`.
Result<bool> exportMask(const std::filesystem::path& file, const LabelMap& labels, const ClassTable& classes,
                        const InputFiles& inputs, const std::stop_token& stop = {});

}  // namespace finebrush
