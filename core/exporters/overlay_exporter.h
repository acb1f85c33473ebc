#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush {

inline constexpr char kOverlayEnding[] = "_overlay";
/// `<stem>_overlay.png`.
std::string overlayFileName(const std::string& stem);

/// Blends class colours over rows of a picture (8-bit RGB of the mask's size), from row `y` on: fill at
/// `opacity` (0..1), and a thin opaque outline inside each region that stays visible when the picture is
/// shown small. Unlabelled pixels and classes that are not visible are left as they are. Throws
/// std::invalid_argument where the picture is of another size.
std::vector<uint8_t> renderOverlay(std::span<const uint8_t> displayRgb, const IndexMask& mask,
                                   const ClassTable& classes, double opacity, int y, int rows);

/// Renders and writes an overlay as an RGB PNG, some rows at a time. True means that the file was decoded
/// again and holds the picture; false where it was asked to stop: then no file is left. Blocks; any thread.
/// Errors: as `writeExport`.
Result<bool> exportOverlay(const std::filesystem::path& file, std::span<const uint8_t> displayRgb,
                           const IndexMask& mask, const ClassTable& classes, double opacity,
                           const InputFiles& inputs, const std::stop_token& stop = {});

}  // namespace finebrush
