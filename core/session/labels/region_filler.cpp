#include "core/session/labels/region_filler.h"

#include "core/image/raster/raster_window.h"
#include "core/labels/flood_fill.h"
#include "core/labels/polygon_fill.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace finebrush {

namespace {

constexpr int64_t kPixelsLikeATile =
    int64_t{128} * 128;  // a flood of colours is slower than a look at labels
constexpr int64_t kPixelsOfATile = int64_t{LabelMap::kTileSize} * LabelMap::kTileSize;
constexpr int64_t kTilesAtOnce = 16;

/// How many pieces of so many pixels hold an area.
int64_t piecesOf(int64_t area, int64_t pixels) {
    return (area + pixels - 1) / pixels;
}

/// What is seen along one axis, or where that is too long, what lies around a place.
std::pair<int, int> partOfAxis(int from, int length, double place) {
    const int part = std::min(length, RegionFiller::kMaxSide);
    return {std::clamp(static_cast<int>(place) - part / 2, from, from + length - part), part};
}

/// What of an image is looked at from a point: all of it, or of a large one what is seen around.
RectInImage partFor(PointInImage from, const OpenedImage& image, const RectInImage& onScreen) {
    const RectInImage whole = RectInImage::ofSize(image.pixels.size);
    if (!image.isLarge()) return whole;
    const RectInImage seen = onScreen.isEmpty() ? whole : onScreen.intersected(whole);
    if (seen.isEmpty()) return {};
    const auto [x, width] = partOfAxis(seen.x, seen.width, from.x);
    const auto [y, height] = partOfAxis(seen.y, seen.height, from.y);
    return {x, y, width, height};
}

/// Whether pixels can still be given a value: its class may be gone by the time that a fill is worked out.
bool isThere(const Project& project, uint8_t value) {
    return value == kUnlabelled || project.classes().findValue(value);
}

RegionEdit editOfLabels(PointInImage from, const RectInImage& part) {
    RegionEdit edit;
    edit.tiles = piecesOf(part.area(), kPixelsOfATile);
    edit.find = [from, part](const LabelMap& labels, const std::stop_token& stop) -> Result<PixelRegion> {
        return equalLabelRegion(labels, from, part, stop);
    };
    return edit;
}

RegionEdit editOfRegion(const PixelRegion& region) {
    RegionEdit edit;
    edit.tiles = piecesOf(region.bounds().area(), kPixelsOfATile);
    edit.find = [region](const LabelMap&, const std::stop_token&) -> Result<PixelRegion> { return region; };
    return edit;
}

/// The pixels that hold a polygon, at most.
RectInImage boundsOf(const PolygonArea& polygon, PixelSize image) {
    if (polygon.points.empty()) return {};
    const auto [left, right] = std::ranges::minmax(polygon.points, {}, &PointInImage::x);
    const auto [top, bottom] = std::ranges::minmax(polygon.points, {}, &PointInImage::y);
    return rectangleRegion({left.x, top.y}, {right.x, bottom.y}, image).bounds();
}

RegionEdit editOfPolygon(const PolygonArea& polygon, PixelSize image) {
    RegionEdit edit;
    edit.tiles = piecesOf(boundsOf(polygon, image).area(), kPixelsOfATile);
    edit.find = [polygon](const LabelMap& labels, const std::stop_token&) -> Result<PixelRegion> {
        return polygonRegion(polygon.points, labels.size());
    };
    return edit;
}

}  // namespace

class RegionFiller::Window {
  public:
    Window(std::shared_ptr<LargeRaster> raster, DisplayMapping display, const RectInImage& rect)
        : raster_(std::move(raster)), display_(std::move(display)), rect_(rect) {}

    bool isOf(const OpenedImage& image, const RectInImage& rect) const {
        return raster_ == image.raster && display_ == image.display && rect_ == rect;
    }

    /// Blocks the first time; any thread.
    Result<PixelRegion> find(PointInImage from, int tolerance) {
        const std::lock_guard lock(mutex_);
        if (!pixels_) {
            Result<PixelBuffer> read = windowForModel(*raster_, 0, rect_, display_, {});
            if (!read) return failure(read.error());
            pixels_ = std::move(*read);
        }
        return similarColoursWithin(rect_, pixels_->bytes, from, tolerance);
    }

  private:
    std::shared_ptr<LargeRaster> raster_;
    DisplayMapping display_;
    RectInImage rect_;
    std::mutex mutex_;
    std::optional<PixelBuffer> pixels_;
};

RegionEdit RegionFiller::editOfColours(const SimilarColours& colours, const OpenedImage& image,
                                       const RectInImage& seen) {
    const PixelSize size = image.pixels.size;
    RegionEdit edit;
    if (!image.isLarge()) {
        edit.tiles = piecesOf(size.area(), kPixelsLikeATile);
        edit.find = [size, displayed = image.displayed, colours](
                        const LabelMap&, const std::stop_token&) -> Result<PixelRegion> {
            return similarColourRegion(size, displayed->bytes, colours.from, colours.tolerance);
        };
        return edit;
    }
    const RectInImage part = partFor(colours.from, image, seen);
    if (!window_ || !window_->isOf(image, part))
        window_ = std::make_shared<Window>(image.raster, image.display, part);
    edit.tiles = size.area();  // the file is read, too
    edit.find = [window = window_, colours](const LabelMap&, const std::stop_token&) {
        return window->find(colours.from, colours.tolerance);
    };
    return edit;
}

void RegionFiller::begin(const RegionFill& fill, const PaintRule& rule) {
    drop();
    const auto image = shown_();
    if (!image || !current_.project().image(image->id)) return;
    pending_ = Pending{image->id, editOf(fill, *image)};
    pending_->edit.value = fill.value;
    pending_->edit.rule = rule;
    if (rule.mask() && !rule.mask()->isInMemory()) pending_->edit.tiles = image->pixels.size.area();
    if (pending_->edit.tiles <= kTilesAtOnce) show(guarded<Found>([find = finder()] { return find({}); }));
}

RegionEdit RegionFiller::editOf(const RegionFill& fill, const OpenedImage& image) {
    if (const auto* colours = std::get_if<SimilarColours>(&fill.region))
        return editOfColours(*colours, image, fill.seen);
    if (const auto* equal = std::get_if<EqualLabels>(&fill.region))
        return editOfLabels(equal->from, partFor(equal->from, image, fill.seen));
    if (const auto* polygon = std::get_if<PolygonArea>(&fill.region))
        return editOfPolygon(*polygon, image.pixels.size);
    return editOfRegion(std::get<PixelRegion>(fill.region));
}

std::function<Result<RegionFiller::Found>(const std::stop_token&)> RegionFiller::finder() const {
    const auto revision =
        std::make_shared<LabelRevision>(current_.project().labelsUnderFill(pending_->image), pending_->edit);
    return [revision](const std::stop_token& stop) -> Result<Found> {
        const Result<void> found = revision->workOut(stop);
        if (!found) return failure(found.error());
        return revision;
    };
}

void RegionFiller::want(const RegionFill& fill, const PaintRule& rule) {
    begin(fill, rule);
    if (!pending_) return;
    const uint64_t wish = *newest_;
    worker_.run<Found>(
        [find = finder(), newest = newest_, wish](const std::stop_token& stop) -> Result<Found> {
            if (*newest != wish) return Found();
            return find(stop);
        },
        [this, wish](const Result<Found>& found) {
            if (*newest_ == wish) show(found);
        });
}

std::optional<RegionFiller::MakePlan> RegionFiller::openOrPlan(const RegionFill& fill,
                                                               const PaintRule& rule) {
    begin(fill, rule);
    return take();
}

void RegionFiller::show(const Result<Found>& found) {
    const std::optional<Pending> pending = std::exchange(pending_, std::nullopt);
    if (!found) return emit_(Notice{found.error()});
    const ImageId& image = pending->image;
    if (!current_.project().image(image) || !isThere(current_.project(), pending->edit.value)) return;
    const RectInImage changed = current_.project().previewFill(image, **found);
    if (!changed.isEmpty()) emit_(LabelsChanged{image, changed});
}

void RegionFiller::drop() {
    ++*newest_;
    pending_.reset();
}

std::optional<RegionFiller::MakePlan> RegionFiller::take() {
    if (!pending_) return std::nullopt;
    MakePlan makePlan = planOf(pending_->image, pending_->edit);
    drop();
    return makePlan;
}

RegionFiller::MakePlan RegionFiller::planOf(const ImageId& id, const RegionEdit& edit) const {
    return [this, id, edit]() -> std::optional<EditPlan> {
        const Project& project = current_.project();
        const ProjectImage* image = project.image(id);
        if (!image || !isThere(project, edit.value)) return std::nullopt;
        EditPlan plan{project.classes(), {}, {}};
        plan.labels.push_back({id, LabelRevision(image->labels, edit)});
        return plan;
    };
}

void RegionFiller::forget() {
    drop();
    window_.reset();
}

}  // namespace finebrush
