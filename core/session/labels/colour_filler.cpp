#include "core/session/labels/colour_filler.h"

#include "core/image/raster/raster_window.h"
#include "core/labels/flood_fill.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace finebrush {

namespace {

constexpr int64_t kPixelsAtOnce = int64_t{512} * 512;
constexpr int64_t kPixelsLikeATile = int64_t{128} * 128;  // a flood is slower than a look at labels

/// What is seen along one axis, or where that is too long, what lies around a place.
std::pair<int, int> partOfAxis(int from, int length, double place) {
    const int part = std::min(length, ColourFiller::kMaxSide);
    return {std::clamp(static_cast<int>(place) - part / 2, from, from + length - part), part};
}

/// Whether pixels can still be given a value: its class may be gone by the time that a fill is worked out.
bool isThere(const Project& project, uint8_t value) {
    return value == kUnlabelled || project.classes().findValue(value);
}

RectInImage partFor(const ColourFill& fill, PixelSize image) {
    const RectInImage whole = RectInImage::ofSize(image);
    const RectInImage seen = fill.seen.isEmpty() ? whole : fill.seen.intersected(whole);
    if (seen.isEmpty()) return {};
    const auto [x, width] = partOfAxis(seen.x, seen.width, fill.from.x);
    const auto [y, height] = partOfAxis(seen.y, seen.height, fill.from.y);
    return {x, y, width, height};
}

}  // namespace

class ColourFiller::Window {
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
            Result<PixelBuffer> read = windowForModel(*raster_, 0, rect_, display_);
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

RegionEdit ColourFiller::editFor(const ColourFill& fill, const PaintRule& rule) {
    const auto image = shown_();
    const PixelSize size = image->pixels.size;
    RegionEdit edit;
    edit.value = fill.value;
    edit.rule = rule;
    if (!image->isLarge()) {
        edit.tiles = size.area() / kPixelsLikeATile + 1;
        edit.find = [size, displayed = image->displayed, fill](
                        const LabelMap&, const std::stop_token&) -> Result<PixelRegion> {
            return similarColourRegion(size, displayed->bytes, fill.from, fill.tolerance);
        };
        return edit;
    }
    const RectInImage part = partFor(fill, size);
    if (!window_ || !window_->isOf(*image, part))
        window_ = std::make_shared<Window>(image->raster, image->display, part);
    edit.tiles = RectInImage::ofSize(size).area();  // the file is read, too
    edit.find = [window = window_, fill](const LabelMap&, const std::stop_token&) {
        return window->find(fill.from, fill.tolerance);
    };
    return edit;
}

void ColourFiller::want(const ColourFill& fill, const PaintRule& rule) {
    const auto image = shown_();
    const ProjectImage* known = image ? current_.project().image(image->id) : nullptr;
    if (!known) return;
    drop();
    pending_ = Pending{image->id, editFor(fill, rule)};
    const auto revision =
        std::make_shared<LabelRevision>(current_.project().labelsUnderFill(image->id), pending_->edit);
    using Found = std::shared_ptr<const LabelRevision>;
    const auto find = [revision]() -> Result<Found> {
        const Result<void> found = revision->workOut();
        if (!found) return failure(found.error());
        return revision;
    };
    if (!image->isLarge() && image->pixels.size.area() <= kPixelsAtOnce)
        return show(image->id, guarded<Found>(find));
    const uint64_t wish = ++*newest_;
    worker_.run<Found>(
        [find, newest = newest_, wish](const std::stop_token&) -> Result<Found> {
            if (*newest != wish) return Found();
            return find();
        },
        [this, id = image->id, wish](const Result<Found>& found) {
            if (*newest_ == wish) show(id, found);
        });
}

void ColourFiller::show(const ImageId& image, const Result<std::shared_ptr<const LabelRevision>>& found) {
    const std::optional<Pending> pending = std::exchange(pending_, std::nullopt);
    if (!found) return emit_(Notice{found.error()});
    if (!current_.project().image(image) || !isThere(current_.project(), pending->edit.value)) return;
    const RectInImage changed = current_.project().previewFill(image, **found);
    if (!changed.isEmpty()) emit_(LabelsChanged{image, changed});
}

void ColourFiller::drop() {
    ++*newest_;
    pending_.reset();
}

std::optional<std::function<std::optional<EditPlan>()>> ColourFiller::take() {
    if (!pending_) return std::nullopt;
    const auto makePlan = [this, pending = *pending_]() -> std::optional<EditPlan> {
        const Project& project = current_.project();
        const ProjectImage* image = project.image(pending.image);
        if (!image || !isThere(project, pending.edit.value)) return std::nullopt;
        EditPlan plan{project.classes(), {}, {}};
        plan.labels.push_back({pending.image, LabelRevision(image->labels, pending.edit)});
        return plan;
    };
    drop();
    return makePlan;
}

void ColourFiller::forget() {
    drop();
    window_.reset();
}

}  // namespace finebrush
