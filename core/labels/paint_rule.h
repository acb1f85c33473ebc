#pragma once

#include "core/base/pixel_buffer.h"
#include "core/labels/class_table.h"
#include "core/labels/paint_mask.h"

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

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

/// Which pixels an edit by hand may change: those of locked classes stay, all that are not to be painted
/// over, and what a mask keeps. Where only unlabelled pixels are painted, labels may be erased all the same,
/// since there would else be nothing to erase; a mask keeps pixels from the eraser as well.
class PaintRule {
  public:
    /// Allows everything.
    PaintRule() = default;
    PaintRule(const ClassTable& classes, PaintOver over, std::shared_ptr<PaintMask> mask = nullptr)
        : over_(over), mask_(std::move(mask)) {
        for (const LabelClass& entry : classes.classes()) locked_[entry.value] = entry.locked;
    }

    bool allowsEverything() const { return !over_.only && locked_.none() && !mask_; }
    /// Null: there is none.
    const std::shared_ptr<PaintMask>& mask() const { return mask_; }
    PaintRule withoutMask() const {
        PaintRule rule = *this;
        rule.mask_.reset();
        return rule;
    }
    /// Whether a pixel that holds `current` may become `value`, where the mask lets it.
    bool allows(uint8_t current, uint8_t value) const {
        if (locked_[current]) return false;
        if (!over_.only || current == *over_.only) return true;
        return value == kUnlabelled && *over_.only == kUnlabelled;
    }

  private:
    std::bitset<256> locked_;
    PaintOver over_;
    std::shared_ptr<PaintMask> mask_;
};

}  // namespace finebrush
