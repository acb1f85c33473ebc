#pragma once

#include "core/labels/class_table.h"
#include "core/labels/label_map.h"
#include "core/labels/label_revision.h"
#include "core/labels/paint_rule.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace finebrush {

/// Puts another value in place of one (`kUnlabelled`: erases it).
PixelwiseEdit replacing(uint8_t value, uint8_t by);

/// Which labels a mask may replace.
using MergeOver = PaintOver;

/// What each value of some labels stands for elsewhere.
using ValueMap = std::array<uint8_t, 256>;
/// Each for itself.
ValueMap sameValues();

/// Labels to be laid over others, which then belong to the thread that does it.
struct LaidLabels {
    std::shared_ptr<const LabelMap> labels;
    ValueMap values = sameValues();
};

/// Lays labels of the same size over others, the later ones over the earlier ones. Pixels whose value is no
/// class of the table leave what is below as it is, and so do labels of locked classes.
PixelwiseEdit layingOver(std::vector<LaidLabels> over, const ClassTable& classes, MergeOver mode);
/// The same with a mask.
PixelwiseEdit layingOver(std::shared_ptr<const IndexMask> mask, const ClassTable& classes, MergeOver mode);

/// The labels with others of the same size laid over them, worked out tile by tile where they are looked at,
/// so that little memory is taken of large ones. Copies of both are kept. Throws std::invalid_argument for
/// another size.
LabelMap mergedWhenRead(const LabelMap& labels, const LabelMap& over, const ClassTable& classes,
                        MergeOver mode);

/// The labels with a mask laid over them. Throws std::invalid_argument for another size.
LabelMap merged(const LabelMap& labels, const IndexMask& mask, const ClassTable& classes, MergeOver mode);

}  // namespace finebrush
