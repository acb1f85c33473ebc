#pragma once

#include "core/labels/paint_rule.h"
#include "core/project/project.h"
#include "core/session/labels/painted_values.h"

#include <string>

namespace finebrush {

/// "1": only unlabelled pixels; the identity of a class: only its pixels; empty: everything.
inline constexpr char kPaintOverKey[] = "paint_only_unlabelled";
inline constexpr char kOnlyUnlabelled[] = "1";
/// As `encodePaintedValues`.
inline constexpr char kPaintedValuesKey[] = "painted_values";

/// What edits by hand may paint over; everything again where the class of the setting is gone.
inline PaintOver paintsOver(const Project& project) {
    const std::string text = project.setting(kPaintOverKey);
    if (text == kOnlyUnlabelled) return PaintOver::Unlabelled;
    const LabelClass* entry = project.classes().find(text);
    return entry ? PaintOver{entry->value} : PaintOver::Everything;
}

/// The setting that means this.
inline std::string settingOf(PaintOver over, const ClassTable& classes) {
    if (over == PaintOver::Unlabelled) return kOnlyUnlabelled;
    const LabelClass* entry = over.only ? classes.findValue(*over.only) : nullptr;
    return entry ? entry->id : std::string();
}

}  // namespace finebrush
