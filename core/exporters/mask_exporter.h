#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/image/raster/png_writer.h"
#include "core/labels/class_table.h"

#include <filesystem>
#include <string>

namespace finebrush {

/// `<stem>_mask.png`.
std::string maskFileName(const std::string& stem);

/// Each class's colour at its value; black at `kUnlabelled` and where there is no class.
Palette paletteOf(const ClassTable& classes);

/// Writes class numbers as an 8-bit palette PNG, unlabelled pixels as 255. Success means that the file was
/// decoded again and holds the mask. Blocks; any thread. Errors: as `writeExport`.
Result<void> exportMask(const std::filesystem::path& file, const IndexMask& mask, const ClassTable& classes,
                        const InputFiles& inputs);

}  // namespace finebrush
