// Labels, classes and their history, at the window's door.

#include "core/session/images/pixel_shape_of.h"
#include "core/session/labels/paint_setting.h"
#include "core/session/session.h"
#include "core/session/session_state.h"

namespace finebrush {

// ---- labels ----

const LabelMap& Session::labels() const {
    static const LabelMap none;
    const auto shown = shownImage();
    const ProjectImage* image = shown ? state_->project().image(shown->id) : nullptr;
    return image ? image->labels : none;
}

PaintRule Session::paintRule() const {
    return {classes(), paintsOver(), state_->paintMask()};
}

PaintOver Session::paintsOver() const {
    return finebrush::paintsOver(state_->project());
}

void Session::setPaintsOver(PaintOver over) {
    state_->project().setSetting(kPaintOverKey, settingOf(over, classes()));
    state_->observer(PaintOverChanged{});
}

PaintedValues Session::paintedValues() const {
    return decodePaintedValues(state_->project().setting(kPaintedValuesKey));
}

void Session::setPaintedValues(const PaintedValues& values) {
    if (!isSound(values)) return;
    finishPainting();
    state_->project().setSetting(kPaintedValuesKey, encodePaintedValues(values));
    state_->observer(PaintOverChanged{});
}

void Session::beginStroke(uint8_t value, double diameter, PointInImage point) {
    if (!state_->mayEdit()) return;
    finishPainting();
    const auto shown = shownImage();
    if (!shown || !state_->project().image(shown->id)) return;
    state_->reveal(value);
    const RectInImage rect =
        state_->project().beginStroke(shown->id, value, diameter, point, paintRule(), pixelShapeOf(*shown));
    state_->observer(LabelsChanged{shown->id, rect});
}

void Session::extendStroke(PointInImage point, std::optional<double> diameter) {
    if (!state_->project().isPainting()) return;
    const RectInImage rect = state_->project().extendStroke(point, diameter);
    if (!rect.isEmpty()) state_->observer(LabelsChanged{state_->project().paintedImage(), rect});
}

void Session::previewFill(const PixelRegion& region, uint8_t value) {
    if (!state_->mayFill(value)) return;
    state_->filler.drop();
    const ImageId id = shownImage()->id;
    const RectInImage rect = state_->project().previewFill(id, region, value, paintRule());
    if (!rect.isEmpty()) state_->observer(LabelsChanged{id, rect});
}

void Session::previewFill(const RegionFill& fill) {
    if (state_->mayFill(fill.value)) state_->filler.want(fill, paintRule());
}

void Session::finishFill() {
    auto plan = state_->filler.take();
    if (!plan) return finishPainting();
    cancelPainting();
    state_->reviser.revise(std::move(*plan));
}

void Session::fill(const RegionFill& fill) {
    finishPainting();
    if (!state_->mayFill(fill.value)) return;
    auto plan = state_->filler.openOrPlan(fill, paintRule());
    if (!plan) return finishPainting();
    state_->reviser.revise(std::move(*plan));
}

void Session::fill(const PixelRegion& region, uint8_t value) {
    fill(RegionFill{region, value});
}

void Session::finishPainting() {
    state_->finishPainting();
}

void Session::cancelPainting() {
    state_->cancelPainting();
}

void Session::reshape(const ClassId& id, const ClassShape& shape) {
    if (!state_->mayEdit()) return;
    finishPainting();
    const auto shown = shownImage();
    const LabelClass* entry = classes().find(id);
    if (!shown || !entry) return;
    if (shape.adds()) state_->reveal(entry->value);
    const auto mask = state_->paintMask();
    state_->reviser.revise([this, image = shown->id, id, shape, mask]() -> std::optional<EditPlan> {
        const ProjectImage* known = state_->project().image(image);
        const LabelClass* current = classes().find(id);
        if (!known || !current) return std::nullopt;
        const auto find = [shape, value = current->value](
                              const LabelMap& labels, const std::stop_token& stop) -> Result<PixelRegion> {
            return regionOf(shape, labels, value, stop);
        };
        EditPlan plan{classes(), {}, {}};
        const uint8_t given = shape.adds() ? current->value : kUnlabelled;
        const bool isRead = mask && !mask->isInMemory();
        const int64_t tiles = isRead ? known->record.size.area() : known->labels.tileCount();
        const PaintRule rule(classes(), paintsOver(), mask);
        plan.labels.push_back({image, LabelRevision(known->labels, RegionEdit{find, given, rule, tiles})});
        return plan;
    });
}

void Session::cancelLabelWork() {
    state_->reviser.cancel();
}

void Session::copyLabelsFromPrevious() {
    if (state_->mayEdit()) state_->propagation.copyFromPrevious();
}

void Session::copyLabelsFromNext() {
    if (state_->mayEdit()) state_->propagation.copyFromNext();
}

void Session::interpolateSlices() {
    if (state_->mayEdit()) state_->propagation.interpolate();
}

std::shared_ptr<const LabelMap> Session::crossLabels() const {
    return state_->crossings.current();
}

void Session::takeCrossLabels() {
    if (state_->mayEdit()) state_->propagation.takeFromOtherViews();
}

SuperpixelMaker& Session::superpixels() {
    return state_->superpixels;
}

// ---- labels and classes of other programs ----

void Session::importLabels(const std::vector<std::filesystem::path>& paths, PaintOver over) {
    if (!state_->mayEdit()) return;
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path& path : paths) files.push_back(normalised(path));
    state_->importer.importLabels(files, over);
}

void Session::importClasses(const std::filesystem::path& file) {
    if (!state_->mayEdit()) return;
    state_->importer.importClasses(normalised(file));
}

void Session::exportClasses(const std::filesystem::path& file) {
    state_->importer.exportClasses(normalised(file));
}

// ---- classes ----

const ClassTable& Session::classes() const {
    return state_->project().classes();
}

void Session::addClass(const std::string& name) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().addClass(name));
}

void Session::updateClass(const LabelClass& entry) {
    const LabelClass* known = classes().find(entry.id);
    LabelClass asVisible = entry;
    if (known) asVisible.visible = known->visible;
    const bool onlyLooks = known && asVisible == *known;
    if (!onlyLooks && !state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().updateClass(entry));
}

void Session::moveClass(const ClassId& id, int place) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().moveClass(id, place));
}

void Session::removeClass(const ClassId& id, const std::optional<ClassId>& heir) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->reviser.revise([this, id, heir]() -> std::optional<EditPlan> {
        if (heir && !classes().find(*heir)) return std::nullopt;
        return state_->project().removalPlan(id, heir);
    });
}

bool Session::hasLabels(const ClassId& id) const {
    return state_->project().hasLabels(id);
}

std::vector<ClassId> Session::labelledClasses() const {
    return state_->project().labelledClasses();
}

// ---- undo ----

bool Session::canUndo() const {
    return state_->reviser.canTakeBack() || state_->project().canUndo();
}

bool Session::canRedo() const {
    return state_->project().canRedo();
}

void Session::undo() {
    if (!state_->mayEdit()) return;
    finishPainting();
    if (state_->reviser.canTakeBack()) {
        state_->reviser.takeBack();
        return state_->observer(HistoryChanged{});
    }
    state_->announceAndShow(state_->project().undo());
}

void Session::redo() {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announceAndShow(state_->project().redo());
}

}  // namespace finebrush
