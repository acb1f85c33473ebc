#include "core/project/edits/label_merge.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

/// Lays values over those of the same pixels, where that is allowed.
class Layer {
  public:
    Layer(const ClassTable& classes, MergeOver mode) : rule_(classes, mode) {
        for (const LabelClass& entry : classes.classes()) isClass_[entry.value] = true;
    }

    /// True where a value became another.
    bool lay(std::span<const uint8_t> sources, const ValueMap& meaning, std::span<uint8_t> values) const {
        bool changed = false;
        for (size_t i = 0; i < values.size(); ++i) {
            const uint8_t source = meaning[sources[i]];
            if (!isClass_[source] || values[i] == source || !rule_.allows(values[i], source)) continue;
            values[i] = source;
            changed = true;
        }
        return changed;
    }

  private:
    PaintRule rule_;
    std::array<bool, 256> isClass_{};
};

/// Two label maps of which tiles are merged on any thread.
struct MergedTiles {
    LabelMap below;
    LabelMap above;
    Layer layer;
    std::mutex mutex;  ///< a map belongs to one thread at a time

    void make(int column, int row, LabelMap::Tile& tile) {
        const std::lock_guard lock(mutex);
        const std::shared_ptr<const LabelMap::Tile> labels = below.tile(column, row);
        if (labels) {
            tile = *labels;
        } else {
            tile.fill(kUnlabelled);
        }
        if (const auto laid = above.tile(column, row)) layer.lay(*laid, sameValues(), tile);
    }
};

}  // namespace

ValueMap sameValues() {
    ValueMap values;
    std::iota(values.begin(), values.end(), uint8_t{0});
    return values;
}

PixelwiseEdit replacing(uint8_t value, uint8_t by) {
    return {.concerns = [](const LabelMap& labels, int column,
                           int row) { return !labels.isBlank(labels.tileRect(column, row)); },
            .change =
                [value, by](const RectInImage&, std::span<uint8_t> values) {
                    if (std::ranges::find(values, value) == values.end()) return false;
                    std::ranges::replace(values, value, by);
                    return true;
                }};
}

PixelwiseEdit layingOver(std::vector<LaidLabels> over, const ClassTable& classes, MergeOver mode) {
    const auto laid = std::make_shared<const std::vector<LaidLabels>>(std::move(over));
    return {.concerns =
                [laid](const LabelMap&, int column, int row) {
                    return std::ranges::any_of(*laid, [&](const LaidLabels& one) {
                        return !one.labels->isBlank(one.labels->tileRect(column, row));
                    });
                },
            .change =
                [laid, layer = Layer(classes, mode)](const RectInImage& rect, std::span<uint8_t> values) {
                    std::vector<uint8_t> sources(values.size());
                    bool changed = false;
                    for (const LaidLabels& one : *laid) {
                        one.labels->read(rect, sources);
                        changed = layer.lay(sources, one.values, values) || changed;
                    }
                    return changed;
                }};
}

PixelwiseEdit layingOver(std::shared_ptr<const IndexMask> mask, const ClassTable& classes, MergeOver mode) {
    return {.concerns = [](const LabelMap&, int, int) { return true; },
            .change =
                [mask = std::move(mask), layer = Layer(classes, mode)](const RectInImage& rect,
                                                                       std::span<uint8_t> values) {
                    const auto width = static_cast<size_t>(rect.width);
                    const ValueMap same = sameValues();
                    bool changed = false;
                    for (int y = 0; y < rect.height; ++y) {
                        const int64_t start = int64_t{rect.y + y} * mask->size.width + rect.x;
                        changed =
                            layer.lay(std::span(mask->values).subspan(static_cast<size_t>(start), width),
                                      same, values.subspan(static_cast<size_t>(y) * width, width)) ||
                            changed;
                    }
                    return changed;
                }};
}

LabelMap mergedWhenRead(const LabelMap& labels, const LabelMap& over, const ClassTable& classes,
                        MergeOver mode) {
    if (over.size() != labels.size()) throw std::invalid_argument("the labels differ in size");
    const std::shared_ptr<MergedTiles> tiles(new MergedTiles{labels, over, Layer(classes, mode), {}});
    LabelMap merged = labels;
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) {
            if (over.isBlank(over.tileRect(column, row))) continue;
            merged.setTileSource(
                column, row,
                std::make_shared<const LabelMap::TileSource>(
                    [tiles, column, row](LabelMap::Tile& tile) { tiles->make(column, row, tile); }));
        }
    }
    return merged;
}

LabelMap merged(const LabelMap& labels, const IndexMask& mask, const ClassTable& classes, MergeOver mode) {
    if (mask.size != labels.size()) throw std::invalid_argument("the mask and the labels differ in size");
    const std::shared_ptr<const IndexMask> borrowed(std::shared_ptr<const IndexMask>(), &mask);
    return edited(labels, layingOver(borrowed, classes, mode));
}

}  // namespace finebrush
