#include "core/project/label_merge.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace finebrush {

namespace {

/// Calls `visit(rect, values)` with the labels of each tile that `isMeant(column, row)`; a tile is written
/// back where it returns true.
template <typename IsMeant, typename Visit>
void rewriteTiles(LabelMap& labels, IsMeant isMeant, Visit visit) {
    std::vector<uint8_t> values;
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) {
            if (!isMeant(column, row)) continue;
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
    const auto mayHoldIt = [&](int column, int row) { return labels.tile(column, row) != nullptr; };
    rewriteTiles(replaced, mayHoldIt, [&](const RectInImage&, std::vector<uint8_t>& values) {
        if (std::ranges::find(values, value) == values.end()) return false;
        std::ranges::replace(values, value, by);
        return true;
    });
    return replaced;
}

LabelMap merged(const LabelMap& labels, const LabelMap& over, const ClassTable& classes, MergeOver mode) {
    if (over.size() != labels.size())
        throw std::invalid_argument("the labels to lay over them differ in size");
    std::array<bool, 256> isClass{};
    for (const LabelClass& entry : classes.classes()) isClass[entry.value] = true;
    const PaintRule rule(classes, mode);

    LabelMap result = labels;
    std::vector<uint8_t> sources;
    const auto isLaid = [&](int column, int row) { return over.tile(column, row) != nullptr; };
    rewriteTiles(result, isLaid, [&](const RectInImage& rect, std::vector<uint8_t>& values) {
        sources.resize(values.size());
        over.read(rect, sources);
        bool changed = false;
        for (size_t i = 0; i < values.size(); ++i) {
            if (!isClass[sources[i]] || values[i] == sources[i] || !rule.allows(values[i], sources[i]))
                continue;
            values[i] = sources[i];
            changed = true;
        }
        return changed;
    });
    return result;
}

LabelMap merged(const LabelMap& labels, const IndexMask& mask, const ClassTable& classes, MergeOver mode) {
    if (mask.size != labels.size()) throw std::invalid_argument("the mask and the labels differ in size");
    return merged(labels, LabelMap::fromMask(mask), classes, mode);
}

}  // namespace finebrush
