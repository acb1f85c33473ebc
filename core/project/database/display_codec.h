#pragma once

#include "core/image/display/display_mapping.h"

#include <optional>
#include <string>

namespace finebrush {

/// How an image is shown, as a project keeps it: a small JSON object.
std::string encodeDisplay(const DisplayMapping& display);

/// Nothing where the text is not what `encodeDisplay` makes of a sound mapping.
std::optional<DisplayMapping> decodeDisplay(const std::string& text);

}  // namespace finebrush
