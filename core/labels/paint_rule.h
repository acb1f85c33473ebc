#pragma once

#include "core/base/pixel_buffer.h"
#include "core/labels/class_table.h"

#include <bitset>
#include <cstdint>

namespace finebrush {

/// Which pixels an edit by hand may change: those of locked classes stay, and, where only unlabelled ones are
/// painted, all that are labelled. Erasing is no painting: it is kept from locked classes alone.
class PaintRule {
  public:
    /// Allows everything.
    PaintRule() = default;
    PaintRule(const ClassTable& classes, bool onlyUnlabelled) : onlyUnlabelled_(onlyUnlabelled) {
        for (const LabelClass& entry : classes.classes()) locked_[entry.value] = entry.locked;
    }

    bool allowsEverything() const { return !onlyUnlabelled_ && locked_.none(); }
    /// Whether a pixel that holds `current` may become `value`.
    bool allows(uint8_t current, uint8_t value) const {
        if (locked_[current]) return false;
        return !onlyUnlabelled_ || current == kUnlabelled || value == kUnlabelled;
    }

  private:
    std::bitset<256> locked_;
    bool onlyUnlabelled_ = false;
};

}  // namespace finebrush
