#pragma once

#include "core/image/display/value_summary.h"

#include <optional>
#include <string>

namespace finebrush {

/// Which pixels edits by hand may change by their raw values: those of one band from a lowest value to a
/// highest, both among them.
struct PaintedValues {
    bool isOn = false;
    int band = 0;                     ///< from 0 on; of an image that lacks it, nothing can be changed
    std::optional<ValueRange> range;  ///< none: none was chosen yet
    bool operator==(const PaintedValues&) const = default;
};

/// False where they are on without a range, the lowest value is above the highest, or a number is none.
bool isSound(const PaintedValues& values);

/// A text for the project's settings, and back; values that are not sound, or no such text, are off without a
/// range.
std::string encodePaintedValues(const PaintedValues& values);
PaintedValues decodePaintedValues(const std::string& text);

}  // namespace finebrush
