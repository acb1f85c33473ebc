#include "core/labels/label_revision.h"

#include <stdexcept>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

std::vector<uint8_t> valuesOf(const LabelMap& labels, const RectInImage& rect) {
    std::vector<uint8_t> values(static_cast<size_t>(rect.area()));
    labels.read(rect, values);
    return values;
}

/// Calls `visit(column, row)` for every tile of a map.
template <typename Visit>
void forEachTile(const LabelMap& labels, Visit visit) {
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) visit(column, row);
    }
}

}  // namespace

LabelMap edited(const LabelMap& labels, const PixelwiseEdit& edit, const std::stop_token& stop) {
    LabelMap after = labels;
    for (int row = 0; row < labels.tileRows() && !stop.stop_requested(); ++row) {
        std::vector<int> columns;
        for (int column = 0; column < labels.tileColumns(); ++column) {
            if (edit.concerns(labels, column, row)) columns.push_back(column);
        }
        if (columns.empty()) continue;
        LabelMap read(labels.size());  // what is unpacked only to be looked at goes again
        for (const int column : columns) read.shareTile(labels, column, row);
        for (const int column : columns) {
            const RectInImage rect = labels.tileRect(column, row);
            std::vector<uint8_t> values = valuesOf(read, rect);
            if (edit.change(rect, values)) after.write(rect, values);
        }
    }
    return after;
}

LabelRevision::LabelRevision(const LabelMap& labels, PixelwiseEdit edit)
    : pixelwise_(std::move(edit)), before_(labels), copy_(labels) {
    forEachTile(before_,
                [this](int column, int row) { tiles_ += pixelwise_.concerns(before_, column, row); });
}

LabelRevision::LabelRevision(const LabelMap& labels, RegionEdit edit)
    : region_(std::move(edit)), tiles_(region_.tiles), before_(labels), copy_(labels) {}

Result<void> LabelRevision::workOut(const std::stop_token& stop) {
    if (pixelwise_.change) {
        const LabelMap after = edited(copy_, pixelwise_, stop);
        if (!stop.stop_requested()) keep(after);
        return {};
    }
    const Result<PixelRegion> region = region_.find(copy_, stop);
    if (!region) return failure(region.error());
    if (PaintMask* const mask = region_.rule.mask().get()) {
        const Result<void> prepared = mask->prepare(region->rects(), stop);
        if (!prepared) return failure(prepared.error());
    }
    LabelMap after = copy_;
    for (const RectInImage& rect : region->rects()) {
        if (stop.stop_requested()) return {};
        if (fillAllowed(after, rect, region_.value, region_.rule)) isHeldBack_ = true;
    }
    keep(after);
    return {};
}

void LabelRevision::keep(const LabelMap& after) {
    patch_ = LabelPatch::between(copy_, after, RectInImage::ofSize(after.size()));
    changed_ = LabelMap(after.size());
    for (const TilePlace& place : patch_.changedTiles()) changed_.shareTile(after, place.column, place.row);
    copy_ = {};
}

LabelPatch LabelRevision::bringInto(LabelMap& labels) const {
    if (labels.size() != before_.size()) throw std::invalid_argument("these are labels of another image");
    const LabelMap old = labels;
    RectInImage redone;
    forEachTile(labels, [&](int column, int row) {
        if (!labels.sharesTile(before_, column, row)) {
            redo(labels, column, row);
            redone = redone.united(labels.tileRect(column, row));
        } else if (!changed_.isBlank(labels.tileRect(column, row))) {
            labels.shareTile(changed_, column, row);
        }
    });
    if (redone.isEmpty()) return patch_;
    return LabelPatch::between(old, labels, patch_.rect().united(redone));
}

void LabelRevision::redo(LabelMap& labels, int column, int row) const {
    const RectInImage rect = labels.tileRect(column, row);
    if (pixelwise_.change) {
        if (!pixelwise_.concerns(labels, column, row)) return;
        std::vector<uint8_t> values = valuesOf(labels, rect);
        if (pixelwise_.change(rect, values)) labels.write(rect, values);
        return;
    }
    if (changed_.isBlank(rect)) return;
    std::vector<uint8_t> values = valuesOf(labels, rect);
    const std::vector<uint8_t> before = valuesOf(before_, rect);
    const std::vector<uint8_t> after = valuesOf(changed_, rect);
    for (size_t i = 0; i < values.size(); ++i) {
        if (values[i] == before[i]) values[i] = after[i];
    }
    labels.write(rect, values);
}

}  // namespace finebrush
