// The edits of a project and their history.

#include "core/project/database/journal_reader.h"
#include "core/project/project.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

void append(ProjectWrites& writes, ProjectWrites more) {
    std::ranges::move(more, std::back_inserter(writes));
}

/// True where labels that were worked out for one table are right for another.
bool labelsFit(const ClassTable& planned, const ClassTable& now) {
    return planned.size() == now.size() &&
           std::ranges::all_of(planned.classes(), [&](const LabelClass& entry) {
               const LabelClass* current = now.find(entry.id);
               return current && current->value == entry.value && current->locked == entry.locked;
           });
}

/// True where a change of the table can be made, and undone, as it was planned: of a class that is as it was,
/// or for a new one, whose name and key none had.
bool changeFits(const ClassChange& change, const ClassTable& planned, const ClassTable& now) {
    if (change.before) {
        const int place = planned.indexOf(change.before->id);
        return place == now.indexOf(change.before->id) &&
               (place < 0 ||
                planned.classes()[static_cast<size_t>(place)] == now.classes()[static_cast<size_t>(place)]);
    }
    return std::ranges::all_of(planned.classes(), [&](const LabelClass& entry) {
        const LabelClass* current = now.find(entry.id);
        return current && current->name == entry.name && current->key == entry.key;
    });
}

}  // namespace

// ---- edits by hand ----

RectInImage Project::beginStroke(const ImageId& id, uint8_t value, double diameter, PointInImage point,
                                 const PaintRule& rule, const PixelShape& pixel) {
    if (!image(id)) throw std::invalid_argument("there is no such image");
    undoWaits_ = false;
    handEdit_.emplace(
        HandEdit{id, BrushStroke(findImage(id)->labels, value, diameter, rule, pixel), {}, {}, value, rule});
    return handEdit_->brush->extendTo(point);
}

RectInImage Project::extendStroke(PointInImage point, std::optional<double> diameter) {
    return handEdit_ && handEdit_->brush ? handEdit_->brush->extendTo(point, diameter) : RectInImage{};
}

RectInImage Project::previewFill(const ImageId& id, const PixelRegion& region, uint8_t value,
                                 const PaintRule& rule) {
    if (!image(id)) throw std::invalid_argument("there is no such image");
    undoWaits_ = false;
    const ProjectEffect before = cancelPainting();
    LabelMap& labels = findImage(id)->labels;
    LabelMap unfilled = labels;
    LabelPatch fill = fillPatch(labels, region, value, rule);
    const bool isHeldBack =
        rule.mask() && fill.isEmpty() && !fillPatch(labels, region, value, rule.withoutMask()).isEmpty();
    fill.apply(labels);
    return openFill({id, std::nullopt, std::move(fill), std::move(unfilled), value, rule, isHeldBack},
                    before);
}

RectInImage Project::previewFill(const ImageId& id, const LabelRevision& revision) {
    if (!image(id)) throw std::invalid_argument("there is no such image");
    undoWaits_ = false;
    const ProjectEffect before = cancelPainting();
    LabelMap& labels = findImage(id)->labels;
    LabelMap unfilled = labels;
    LabelPatch fill = revision.bringInto(labels);
    return openFill(
        {id, std::nullopt, std::move(fill), std::move(unfilled), kUnlabelled, {}, revision.isHeldBack()},
        before);
}

RectInImage Project::openFill(HandEdit fill, const ProjectEffect& before) {
    RectInImage changed = fill.fill.rect();
    for (const ProjectEffect::Labels& change : before.labels) changed = changed.united(change.rect);
    handEdit_.emplace(std::move(fill));
    return changed;
}

const LabelMap& Project::labelsUnderFill(const ImageId& id) const {
    if (handEdit_ && handEdit_->image == id && !handEdit_->brush) return handEdit_->beforeFill;
    return findImage(id)->labels;
}

bool Project::isHeldBack() const {
    if (!handEdit_) return false;
    return handEdit_->brush ? handEdit_->brush->isHeldBack() : handEdit_->isFillHeldBack;
}

std::optional<UnmaskedEdit> Project::takeUnmasked() {
    const std::shared_ptr<PaintMask> mask = handEdit_ ? handEdit_->rule.mask() : nullptr;
    if (!mask || mask->isInMemory()) return std::nullopt;
    const LabelPatch patch = handEdit_->brush ? handEdit_->brush->finish() : handEdit_->fill;
    if (patch.isEmpty()) return std::nullopt;
    UnmaskedEdit taken{handEdit_->image, {}, {}};
    taken.edit.find = [region = changedRegion(patch)](
                          const LabelMap&, const std::stop_token&) -> Result<PixelRegion> { return region; };
    taken.edit.value = handEdit_->value;
    taken.edit.rule = handEdit_->rule;
    taken.edit.tiles = mask->isReady(patch.rect()) ? std::ssize(patch.changedTiles())
                                                   : findImage(taken.image)->record.size.area();
    taken.takenBack = cancelPainting();
    return taken;
}

bool Project::finishPainting() {
    if (!handEdit_) return false;
    LabelPatch patch = handEdit_->brush ? handEdit_->brush->finish() : std::move(handEdit_->fill);
    const ImageId id = handEdit_->image;
    handEdit_.reset();
    if (patch.isEmpty()) return false;

    findImage(id)->counts += patch.growth();
    Edit edit;
    edit.labelChanges.push_back({id, std::move(patch)});
    recordEdit(std::move(edit));
    return true;
}

ProjectEffect Project::cancelPainting() {
    if (!handEdit_) return {};
    ProjectEffect effect;
    if (handEdit_->brush) {
        effect.labels.push_back({handEdit_->image, handEdit_->brush->touched()});
        handEdit_->brush->cancel();
    } else {
        effect.labels.push_back({handEdit_->image, handEdit_->fill.rect()});
        findImage(handEdit_->image)->labels = std::move(handEdit_->beforeFill);
    }
    handEdit_.reset();
    return effect;
}

// ---- history ----

void Project::askForOlderEdits() {
    const auto numbers = contents_.history.olderToFetch();
    if (!numbers || askedForOlder_ || !askForOlder_) return;
    askedForOlder_ = numbers;
    askForOlder_(numbers->first, numbers->last);
}

std::optional<Result<ProjectEffect>> Project::takeOlder(const Result<EditList>& edits) {
    const auto asked = std::exchange(askedForOlder_, std::nullopt);
    const bool waited = std::exchange(undoWaits_, false);
    if (!asked) return std::nullopt;
    if (edits && std::ssize(*edits) == asked->last - asked->first + 1 && fitsBefore(*edits)) {
        contents_.history.addOlder(*edits);
        return waited ? std::optional<Result<ProjectEffect>>(undo()) : std::nullopt;
    }
    if (edits || edits.error().code == ErrorCode::ProjectMalformed) contents_.history.cutOff();
    if (!waited) return std::nullopt;
    return edits ? Result<ProjectEffect>() : failure(edits.error());
}

bool Project::fitsBefore(const EditList& older) const {
    EditList done = older;
    const EditList& here = contents_.history.edits();
    const auto steps = static_cast<std::ptrdiff_t>(contents_.history.done());
    done.insert(done.end(), here.begin(), here.begin() + steps);
    try {
        requireEditsFit(done, done.size(), classes(), [this](const ImageId& id) {
            const ProjectImage* image = findImage(id);
            return image ? std::optional(image->record.size) : std::nullopt;
        });
    } catch (const std::exception&) {
        return false;
    }
    return true;
}

ProjectWrites Project::startAgain() {
    finishPainting();
    contents_.history.forgetOlder();
    askForOlder_ = nullptr;
    askedForOlder_.reset();
    undoWaits_ = false;
    ProjectWrites all = allOf(contents_);
    for (RunRecord& earlier : contents_.earlierRuns) earlier.adapterBytes = 0;  // it stays in the old file
    return all;
}

ProjectEffect Project::undo() {
    if (!canUndo()) return {};
    if (contents_.history.needsOlder()) {
        undoWaits_ = true;
        askForOlderEdits();
        return {};
    }
    const History::Step step = contents_.history.stepBack();
    ProjectEffect effect = applyEdit(*step.edit, Direction::Back);
    ProjectWrites writes = {EditUndoneWrite{step.number, true}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
    askForOlderEdits();
    return effect;
}

ProjectEffect Project::redo() {
    if (!canRedo()) return {};
    undoWaits_ = false;
    const History::Step step = contents_.history.stepForward();
    ProjectEffect effect = applyEdit(*step.edit, Direction::Forward);
    ProjectWrites writes = {EditUndoneWrite{step.number, false}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
    return effect;
}

ProjectEffect Project::perform(Edit edit) {
    ProjectEffect effect = applyEdit(edit, Direction::Forward);
    recordEdit(std::move(edit));
    return effect;
}

void Project::recordEdit(Edit edit) {
    undoWaits_ = false;
    const History::Step step = contents_.history.push(std::move(edit));
    ProjectWrites writes = {EditWrite{step.number, step.edit}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
}

// ---- edits that are worked out elsewhere ----

ProjectEffect Project::perform(EditPlan plan) {
    // Work that is never asked to stop, and finds no regions, does not fail.
    (void)plan.workOut();
    return bringIn(plan);
}

bool Project::isOutdated(const EditPlan& plan) const {
    const bool fits = labelsFit(plan.classes, classes()) &&
                      std::ranges::all_of(plan.classChanges, [&](const ClassChange& change) {
                          return changeFits(change, plan.classes, classes());
                      });
    if (!fits) return true;
    return plan.goneValue && std::ranges::any_of(contents_.images, [&](const ProjectImage& image) {
               return !image.record.removed && image.counts.of(*plan.goneValue) > 0 &&
                      std::ranges::find(plan.labels, image.record.id, &EditPlan::Labels::image) ==
                          plan.labels.end();
           });
}

ProjectEffect Project::bringIn(const EditPlan& plan) {
    ProjectEffect effect;
    Edit edit;
    edit.classChanges = plan.classChanges;
    for (const ClassChange& change : edit.classChanges) changeClass(change, Direction::Forward);
    effect.classes = !edit.classChanges.empty();
    for (const auto& [id, revision] : plan.labels) {
        ProjectImage* known = findImage(id);
        if (!known || known->record.removed || known->labels.size() != revision.size()) continue;
        LabelPatch patch = revision.bringInto(known->labels);
        effect.isHeldBack = effect.isHeldBack || revision.isHeldBack();
        if (patch.isEmpty()) continue;
        known->counts += patch.growth();
        effect.labels.push_back({id, patch.rect()});
        edit.labelChanges.push_back({id, std::move(patch)});
    }
    if (edit.classChanges.empty() && edit.labelChanges.empty()) return effect;
    recordEdit(std::move(edit));
    return effect;
}

ProjectEffect Project::applyEdit(const Edit& edit, Direction direction) {
    ProjectEffect effect;
    if (direction == Direction::Forward) {
        for (const ClassChange& change : edit.classChanges) changeClass(change, direction);
    } else {
        for (const ClassChange& change : std::views::reverse(edit.classChanges))
            changeClass(change, direction);
    }
    effect.classes = !edit.classChanges.empty();
    for (const LabelChange& change : edit.labelChanges) {
        ProjectImage& image = *findImage(change.image);
        const LabelCounts growth = change.patch.growth();
        if (direction == Direction::Forward) {
            change.patch.apply(image.labels);
            image.counts += growth;
        } else {
            change.patch.revert(image.labels);
            image.counts -= growth;
        }
        effect.labels.push_back({change.image, change.patch.rect()});
    }
    for (const ImageId& id : edit.removedImages)
        findImage(id)->record.removed = direction == Direction::Forward;
    for (const ReviewChange& change : edit.reviewChanges) {
        // Also those of the file that came later.
        for (const ImageId& id : imagesOf(findImage(change.image)->record.path))
            findImage(id)->record.review = direction == Direction::Forward ? change.after : change.before;
    }
    effect.images = !edit.removedImages.empty() || !edit.reviewChanges.empty();
    return effect;
}

void Project::changeClass(const ClassChange& change, Direction direction) {
    const auto& from = direction == Direction::Forward ? change.before : change.after;
    const auto& to = direction == Direction::Forward ? change.after : change.before;
    if (from && to) {
        contents_.classes.alter(*from, *to);
    } else if (to) {
        contents_.classes.insert(change.index, *to);
    } else if (from) {
        contents_.classes.remove(from->id);
    }
}

ProjectWrites Project::stateWrites(const Edit& edit) const {
    ProjectWrites writes;
    if (!edit.classChanges.empty()) writes.push_back(ClassesWrite{contents_.classes});
    for (const LabelChange& change : edit.labelChanges) {
        writes.push_back(
            TilesWrite{change.image, findImage(change.image)->labels, change.patch.changedTiles()});
    }
    for (const ImageId& id : edit.removedImages) writes.push_back(ImageWrite{findImage(id)->record});
    for (const ReviewChange& change : edit.reviewChanges) {
        for (const ImageId& id : imagesOf(findImage(change.image)->record.path))
            writes.push_back(ReviewWrite{id, findImage(id)->record.review});
    }
    return writes;
}

}  // namespace finebrush
