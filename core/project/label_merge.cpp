#include "core/project/label_merge.h"

#include "core/labels/paint_rule.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace finebrush {

namespace {

/// Calls `visit(rect, values)` with the labels of each tile; a tile is written back where it returns true.
template <typename Visit>
void rewriteTiles(LabelMap& labels, Visit visit) {
    std::vector<uint8_t> values;
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) {
            const RectInImage rect = labels.tileRect(column, row);
            values.resize(static_cast<size_t>(rect.area()));
            labels.read(rect, values);
            if (visit(rect, values)) labels.write(rect, values);
        }
    }
}

}  // namespace

LabelMap withValueReplaced(const LabelMap& labels, uint8_t value, uint8_t by) {
    LabelMap replaced = labels;
    rewriteTiles(replaced, [&](const RectInImage&, std::vector<uint8_t>& values) {
        if (std::ranges::find(values, value) == values.end()) return false;
        std::ranges::replace(values, value, by);
        return true;
    });
    return replaced;
}

LabelMap merged(const LabelMap& labels, const IndexMask& mask, const ClassTable& classes, MergeOver over) {
    if (mask.size != labels.size()) throw std::invalid_argument("the mask and the labels differ in size");
    std::array<bool, 256> isClass{};
    for (const LabelClass& entry : classes.classes()) isClass[entry.value] = true;
    const PaintRule rule(classes, over == MergeOver::Unlabelled);

    LabelMap result = labels;
    rewriteTiles(result, [&](const RectInImage& rect, std::vector<uint8_t>& values) {
        bool changed = false;
        for (int y = 0; y < rect.height; ++y) {
            const uint8_t* source = mask.values.data() +
                                    static_cast<size_t>(rect.y + y) * static_cast<size_t>(mask.size.width) +
                                    rect.x;
            uint8_t* target = values.data() + static_cast<size_t>(y) * static_cast<size_t>(rect.width);
            for (int x = 0; x < rect.width; ++x) {
                if (!isClass[source[x]] || target[x] == source[x]) continue;
                if (!rule.allows(target[x], source[x])) continue;
                target[x] = source[x];
                changed = true;
            }
        }
        return changed;
    });
    return result;
}

}  // namespace finebrush
