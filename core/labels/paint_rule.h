#pragma once

#include "core/base/pixel_buffer.h"
#include "core/labels/class_table.h"

#include <bitset>
#include <cstdint>
#include <optional>

namespace finebrush {

/// What may be painted over: everything, or only the pixels of one value (`kUnlabelled`: what has no label).
struct PaintOver {
    std::optional<uint8_t> only;

    static const PaintOver Everything;
    static const PaintOver Unlabelled;
    bool operator==(const PaintOver&) const = default;
};
inline constexpr PaintOver PaintOver::Everything{};
inline constexpr PaintOver PaintOver::Unlabelled{kUnlabelled};

/// Which pixels an edit by hand may change: those of locked classes stay, and all that are not to be painted
/// over. Where only unlabelled pixels are painted, labels may be erased all the same.
class PaintRule {
  public:
    /// Allows everything.
    PaintRule() = default;
    PaintRule(const ClassTable& classes, PaintOver over) : over_(over) {
        for (const LabelClass& entry : classes.classes()) locked_[entry.value] = entry.locked;
    }

    bool allowsEverything() const { return !over_.only && locked_.none(); }
    /// Whether a pixel that holds `current` may become `value`.
    bool allows(uint8_t current, uint8_t value) const {
        if (locked_[current]) return false;
        if (!over_.only || current == *over_.only) return true;
        return value == kUnlabelled && *over_.only == kUnlabelled;
    }

  private:
    std::bitset<256> locked_;
    PaintOver over_;
};

}  // namespace finebrush
