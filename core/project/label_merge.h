#pragma once

#include "core/labels/class_table.h"
#include "core/labels/label_map.h"
#include "core/labels/paint_rule.h"

#include <cstdint>

namespace finebrush {

/// The labels with one value in place of another (`kUnlabelled`: without it). Tiles that do not hold it stay
/// shared.
LabelMap withValueReplaced(const LabelMap& labels, uint8_t value, uint8_t by);

/// Which labels a mask may replace.
using MergeOver = PaintOver;

/// The labels with a mask of the same size laid over them. Mask pixels whose value is no class of the table
/// leave the labels as they are, and so do labels of locked classes. Throws std::invalid_argument for another
/// size.
LabelMap merged(const LabelMap& labels, const IndexMask& mask, const ClassTable& classes, MergeOver mode);
/// The same with labels in place of a mask.
LabelMap merged(const LabelMap& labels, const LabelMap& over, const ClassTable& classes, MergeOver mode);

}  // namespace finebrush
