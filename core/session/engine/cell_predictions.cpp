#include "core/session/engine/cell_predictions.h"

#include "core/labels/cell_labels.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace finebrush {

namespace {

/// Cells on each side of the one in the middle that are predicted by themselves.
constexpr int kReach = 2;

}  // namespace

std::set<ImageId> CellPredictions::outrun() {
    std::set<ImageId> images;
    for (const auto& [image, map] : predicted_) images.insert(image);
    earlier_ = std::exchange(predicted_, {});
    outdate();
    return images;
}

void CellPredictions::outdate() {
    final_.clear();
    seenAs_.clear();
}

bool CellPredictions::seeAs(const ImageId& image, const std::optional<DisplayMapping>& display) {
    const auto [seen, isNew] = seenAs_.try_emplace(image, display);
    if (isNew || seen->second == display) return false;
    seen->second = display;
    std::erase_if(final_, [&](const std::string& name) { return cellFromId(name)->image == image; });
    return true;
}

std::optional<DisplayMapping> CellPredictions::seenAs(const ImageId& image) const {
    const auto seen = seenAs_.find(image);
    return seen == seenAs_.end() ? std::nullopt : seen->second;
}

std::shared_ptr<const LabelMap> CellPredictions::of(const ImageId& image) const {
    return found(predicted_, image);
}

std::shared_ptr<const LabelMap> CellPredictions::earlierOf(const ImageId& image) const {
    return found(earlier_, image);
}

std::shared_ptr<const LabelMap> CellPredictions::found(const Maps& maps, const ImageId& image) {
    const auto place = maps.find(image);
    return place == maps.end() ? nullptr : place->second;
}

void CellPredictions::load(const std::map<ImageId, PredictedCells>& kept) {
    for (const auto& [image, predicted] : kept) {
        predicted_[image] = std::make_shared<LabelMap>(predicted.labels);
        for (const CellAddress& cell : predicted.cells) final_.insert(cellId(image, cell));
        seenAs_[image] = predicted.seenAs;
    }
}

void CellPredictions::share(const ImageId& image, const LabelMap& packed,
                            const std::vector<PackedTile>& tiles, const LabelMap& kept) {
    const auto found = predicted_.find(image);
    if (found == predicted_.end() || found->second->size() != packed.size()) return;
    for (const auto& [place, labels] : tiles) {
        if (found->second->sharesTile(packed, place.column, place.row))
            found->second->shareTile(kept, place.column, place.row);
    }
}

bool CellPredictions::take(const ImageCell& place, const messages::Prediction& prediction, PixelSize image,
                           const std::optional<DisplayMapping>& seenAs) {
    std::shared_ptr<LabelMap>& map = predicted_[place.image];
    if (!map || map->size() != image) map = std::make_shared<LabelMap>(image);
    if (!writeCell(*map, place.cell, prediction.mask)) return false;
    if (prediction.isFinal && seenAs_.try_emplace(place.image, seenAs).first->second == seenAs)
        final_.insert(prediction.imageId);
    return true;
}

CellAddress CellPredictions::middleCell(PixelSize image, int level, const RectInImage& seen) {
    const RectInImage part = seen.isEmpty() ? RectInImage::ofSize(image) : seen;
    return cellAt(level, part.x + part.width / 2, part.y + part.height / 2);
}

std::optional<CellAddress> CellPredictions::nextCell(const ImageId& id, PixelSize image, int level,
                                                     const RectInImage& seen) const {
    const CellAddress middle = middleCell(image, level, seen);
    const CellAddress first = cellAt(level, seen.x, seen.y);
    const CellAddress last = cellAt(level, seen.right() - 1, seen.bottom() - 1);
    std::optional<CellAddress> next;
    const auto distance = [&](const CellAddress& cell) {
        return std::abs(cell.column - middle.column) + std::abs(cell.row - middle.row);
    };
    for (int row = std::max(first.row, middle.row - kReach); row <= std::min(last.row, middle.row + kReach);
         ++row) {
        for (int column = std::max(first.column, middle.column - kReach);
             column <= std::min(last.column, middle.column + kReach); ++column) {
            const CellAddress cell{level, column, row};
            if (final_.contains(cellId(id, cell)) || (next && distance(*next) <= distance(cell))) continue;
            next = cell;
        }
    }
    return next;
}

}  // namespace finebrush
