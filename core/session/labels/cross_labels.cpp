#include "core/session/labels/cross_labels.h"

#include "core/exporters/volume_labels.h"

#include <algorithm>

namespace finebrush {

namespace {

/// Those that lie in the volume, by the rank of their views.
std::vector<const CrossedSlice::Other*> rankedSlices(const CrossedSlice& crossed) {
    std::vector<const CrossedSlice::Other*> ranked;
    for (const CrossedSlice::Other& other : crossed.others) {
        const std::optional<SlicePlane> plane = planeOf(crossed.grid, other.slice);
        if (plane && plane->size == other.labels.size()) ranked.push_back(&other);
    }
    std::ranges::stable_sort(ranked, {}, [&](const CrossedSlice::Other* other) {
        return rankOf(other->slice.view, crossed.usualView);
    });
    return ranked;
}

/// The pixels that lie in a slice of the other view: a line, or all of them, or none.
RectInImage pixelsIn(const SliceCrossing& crossing, int index, PixelSize size) {
    const RectInImage all = RectInImage::ofSize(size);
    const int way = index - crossing.first[2];
    if (crossing.toRight[2] != 0) {
        return RectInImage{way * crossing.toRight[2], 0, 1, size.height}.intersected(all);
    }
    if (crossing.toBottom[2] != 0) {
        return RectInImage{0, way * crossing.toBottom[2], size.width, 1}.intersected(all);
    }
    return way == 0 ? all : RectInImage{};
}

/// Fills in what is still unlabelled.
void fillFrom(const LabelMap& labels, const SliceCrossing& crossing, const RectInImage& pixels,
              IndexMask& found) {
    const auto along = [&](size_t axis, int x, int y) {
        return crossing.first[axis] + x * crossing.toRight[axis] + y * crossing.toBottom[axis];
    };
    for (int y = pixels.y; y < pixels.bottom(); ++y) {
        uint8_t* value = &found.values[static_cast<size_t>(y) * found.size.width + pixels.x];
        for (int x = pixels.x; x < pixels.right(); ++x, ++value) {
            if (*value == kUnlabelled) *value = labels.at(along(0, x, y), along(1, x, y));
        }
    }
}

}  // namespace

bool isCrossing(const ImageRecord& record, const ImageAddress& shown) {
    return record.slice && shown.slice && record.slice->view != shown.slice->view &&
           record.slice->frame == shown.slice->frame && record.path.native() == shown.file.native();
}

std::optional<CrossedSlice> crossedSlice(const Project& project, const OpenedImage& shown) {
    const ProjectImage* image = project.image(shown.id);
    if (!image || !image->record.slice || !shown.slice) return std::nullopt;
    return crossedSlice(project, shown, image->record.address());
}

CrossedSlice crossedSlice(const Project& project, const OpenedImage& shown, const ImageAddress& address) {
    CrossedSlice crossed{shown.grid, shown.usualView, address.slice.value(), {}};
    for (const ProjectImage& other : project.images()) {
        if (other.record.removed || other.labelledPixels() == 0) continue;
        if (isCrossing(other.record, address)) crossed.others.push_back({*other.record.slice, other.labels});
    }
    return crossed;
}

LabelMap crossLabels(const CrossedSlice& crossed, const std::stop_token& stop) {
    const std::optional<SlicePlane> plane = planeOf(crossed.grid, crossed.slice);
    if (!plane) return {};
    IndexMask found{plane->size, std::vector<uint8_t>(static_cast<size_t>(plane->size.area()), kUnlabelled)};
    for (const CrossedSlice::Other* other : rankedSlices(crossed)) {
        if (stop.stop_requested()) break;
        const SliceCrossing crossing = crossingOf(crossed.grid, crossed.slice, other->slice.view).value();
        fillFrom(other->labels, crossing, pixelsIn(crossing, other->slice.index, plane->size), found);
    }
    return LabelMap::fromMask(found);
}

}  // namespace finebrush
