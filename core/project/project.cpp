#include "core/project/project.h"

#include "core/project/journal_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <ranges>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr char kTaughtValuesKey[] = "taught_class_values";

void append(ProjectWrites& writes, ProjectWrites more) {
    std::ranges::move(more, std::back_inserter(writes));
}

}  // namespace

Project::Project(ProjectContents contents, Recorder recorder)
    : contents_(std::move(contents)), recorder_(std::move(recorder)) {
    for (size_t place = 0; place < contents_.images.size(); ++place) index(place);
}

Project Project::create(ClassTable classes, Recorder recorder) {
    recorder({ClassesWrite{classes}});
    ProjectContents contents;
    contents.classes = std::move(classes);
    return {std::move(contents), std::move(recorder)};
}

// ---- images ----

void Project::index(size_t place) {
    const ImageRecord& record = contents_.images[place].record;
    places_.emplace(record.id, place);
    placesByPath_.emplace(record.path.native(), place);
}

const ProjectImage* Project::image(const ImageId& id) const {
    const ProjectImage* found = findImage(id);
    return !found || found->record.removed ? nullptr : found;
}

const ProjectImage* Project::findImage(const ImageId& id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &contents_.images[found->second];
}

ProjectImage* Project::findImage(const ImageId& id) {
    return const_cast<ProjectImage*>(std::as_const(*this).findImage(id));
}

const ProjectImage* Project::imageAt(const ImageAddress& address) const {
    const auto [begin, end] = placesByPath_.equal_range(address.file.native());
    for (auto found = begin; found != end; ++found) {
        const ProjectImage& image = contents_.images[found->second];
        if (!image.record.removed && image.record.slice == address.slice) return &image;
    }
    return nullptr;
}

void Project::addImage(ImageRecord record, std::optional<LabelMap> labels) {
    ProjectImage image{std::move(record), LabelMap(), 0};
    image.labels = labels ? std::move(*labels) : LabelMap(image.record.size);
    if (image.labels.size() != image.record.size)
        throw std::invalid_argument("the labels are of another size");
    image.labelledPixels = image.record.size.area() - image.labels.histogram()[kUnlabelled];
    const auto sibling = placesByPath_.find(image.record.path.native());
    if (sibling != placesByPath_.end())  // slices of one file look alike
        image.record.display = contents_.images[sibling->second].record.display;

    ProjectWrites writes = {ImageWrite{image.record}};
    if (image.labelledPixels > 0) writes.push_back(allTiles(image.record.id, image.labels));
    contents_.images.push_back(std::move(image));
    index(contents_.images.size() - 1);
    this->record(std::move(writes));
}

void Project::setDisplay(const ImageId& id, const std::optional<DisplayMapping>& display) {
    const ProjectImage* image = findImage(id);
    if (!image) throw std::invalid_argument("there is no such image");
    ProjectWrites writes;
    for (ProjectImage& other : contents_.images) {
        if (other.record.path != image->record.path || other.record.display == display) continue;
        other.record.display = display;
        writes.push_back(DisplayWrite{other.record.id, display});
    }
    if (!writes.empty()) record(std::move(writes));
}

void Project::updateImage(const ImageRecord& record) {
    ProjectImage* image = findImage(record.id);
    if (!image) throw std::invalid_argument("there is no such image");
    const auto [begin, end] = placesByPath_.equal_range(image->record.path.native());
    const size_t place = places_.at(record.id);
    placesByPath_.erase(std::find_if(begin, end, [&](const auto& entry) { return entry.second == place; }));
    image->record = record;
    placesByPath_.emplace(record.path.native(), place);
    this->record({ImageWrite{record}});
}

ProjectEffect Project::removeImage(const ImageId& id) {
    if (!image(id)) return {};
    Edit edit;
    edit.removedImage = id;
    return perform(std::move(edit));
}

// ---- edits by hand ----

RectInImage Project::beginStroke(const ImageId& id, uint8_t value, double diameter, PointInImage point,
                                 const PaintRule& rule) {
    if (!image(id)) throw std::invalid_argument("there is no such image");
    handEdit_.emplace(HandEdit{id, BrushStroke(findImage(id)->labels, value, diameter, rule), {}});
    return handEdit_->brush->extendTo(point);
}

RectInImage Project::extendStroke(PointInImage point, std::optional<double> diameter) {
    return handEdit_ && handEdit_->brush ? handEdit_->brush->extendTo(point, diameter) : RectInImage{};
}

RectInImage Project::previewFill(const ImageId& id, const PixelRegion& region, uint8_t value,
                                 const PaintRule& rule) {
    if (!image(id)) throw std::invalid_argument("there is no such image");
    const ProjectEffect before = cancelPainting();
    LabelMap& labels = findImage(id)->labels;
    LabelPatch fill = fillPatch(labels, region, value, rule);
    fill.apply(labels);
    RectInImage changed = fill.rect();
    for (const ProjectEffect::Labels& change : before.labels) changed = changed.united(change.rect);
    handEdit_.emplace(HandEdit{id, std::nullopt, std::move(fill)});
    return changed;
}

bool Project::finishPainting() {
    if (!handEdit_) return false;
    LabelPatch patch = handEdit_->brush ? handEdit_->brush->finish() : std::move(handEdit_->fill);
    const ImageId id = handEdit_->image;
    handEdit_.reset();
    if (patch.isEmpty()) return false;

    findImage(id)->labelledPixels += patch.labelledGrowth();
    Edit edit;
    edit.labelChanges.push_back({id, std::move(patch)});
    const History::Step step = contents_.history.push(std::move(edit));
    ProjectWrites writes = {EditWrite{step.number, step.edit}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
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
        handEdit_->fill.revert(findImage(handEdit_->image)->labels);
    }
    handEdit_.reset();
    return effect;
}

// ---- classes ----

ProjectEffect Project::addClass(const std::string& name, const ClassWish& wish) {
    if (classes().isFull()) return {};
    Edit edit;
    edit.classChanges = {{classes().size(), std::nullopt, makeClass(classes(), name, wish)}};
    return perform(std::move(edit));
}

LabelClass Project::makeClass(const ClassTable& table, const std::string& name, const ClassWish& wish) const {
    LabelClass entry = table.makeNext(name);
    const std::vector<uint8_t> taught = taughtValues();
    const auto isFree = [&](uint8_t value) {
        return value < ClassTable::kMaxClasses && !table.findValue(value) &&
               std::ranges::find(taught, value) == taught.end();
    };
    for (int value = entry.value; value < ClassTable::kMaxClasses; ++value) {
        if (!isFree(static_cast<uint8_t>(value))) continue;
        entry.value = static_cast<uint8_t>(value);
        break;
    }
    if (wish.value && isFree(*wish.value)) entry.value = *wish.value;
    if (wish.colour) entry.colour = *wish.colour;
    return entry;
}

ProjectEffect Project::updateClass(const LabelClass& entry) {
    const LabelClass* known = classes().find(entry.id);
    if (!known) return {};
    LabelClass changed = entry;
    changed.value = known->value;
    if (changed == *known) return {};
    Edit edit;
    edit.classChanges = {{classes().indexOf(entry.id), *known, std::move(changed)}};
    return perform(std::move(edit));
}

ProjectEffect Project::removeClass(const ClassId& id, const std::optional<ClassId>& heir) {
    const LabelClass* known = classes().find(id);
    if (!known) return {};
    const LabelClass* other = heir && *heir != id ? classes().find(*heir) : nullptr;
    const uint8_t by = other ? other->value : kUnlabelled;
    Edit edit;
    edit.classChanges = {{classes().indexOf(id), *known, std::nullopt}};
    for (const ProjectImage& image : contents_.images) {
        if (image.record.removed) continue;    // it comes back only after this edit is undone
        const LabelMap labels = image.labels;  // a copy: what is unpacked only to be looked at goes again
        if (!labels.holds(known->value)) continue;
        LabelPatch patch = LabelPatch::between(labels, withValueReplaced(labels, known->value, by),
                                               RectInImage::ofSize(labels.size()));
        if (!patch.isEmpty()) edit.labelChanges.push_back({image.record.id, std::move(patch)});
    }
    return perform(std::move(edit));
}

bool Project::hasLabels(const ClassId& id) const {
    const LabelClass* known = classes().find(id);
    return known && std::ranges::any_of(contents_.images, [&](const ProjectImage& image) {
               return !image.record.removed &&
                      LabelMap(image.labels).holds(known->value);  // a copy, as above
           });
}

// ---- history ----

EditList Project::olderEdits(int64_t first, int64_t last) const {
    if (!fetchOlder_) return {};
    EditList edits = fetchOlder_(first, last);
    try {
        requireEditsFit(edits, edits.size(), classes(), [this](const ImageId& id) {
            const ProjectImage* image = findImage(id);
            return image ? std::optional(image->record.size) : std::nullopt;
        });
    } catch (const std::exception&) {
        return {};
    }
    return edits;
}

ProjectEffect Project::undo() {
    contents_.history.fetchOlder([this](int64_t first, int64_t last) { return olderEdits(first, last); });
    if (!canUndo()) return {};
    const History::Step step = contents_.history.stepBack();
    ProjectEffect effect = applyEdit(*step.edit, Direction::Back);
    ProjectWrites writes = {EditUndoneWrite{step.number, true}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
    return effect;
}

ProjectEffect Project::redo() {
    if (!canRedo()) return {};
    const History::Step step = contents_.history.stepForward();
    ProjectEffect effect = applyEdit(*step.edit, Direction::Forward);
    ProjectWrites writes = {EditUndoneWrite{step.number, false}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
    return effect;
}

ProjectEffect Project::perform(Edit edit) {
    ProjectEffect effect = applyEdit(edit, Direction::Forward);
    const History::Step step = contents_.history.push(std::move(edit));
    ProjectWrites writes = {EditWrite{step.number, step.edit}};
    append(writes, stateWrites(*step.edit));
    record(std::move(writes));
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
        const int64_t growth = change.patch.labelledGrowth();
        if (direction == Direction::Forward) {
            change.patch.apply(image.labels);
            image.labelledPixels += growth;
        } else {
            change.patch.revert(image.labels);
            image.labelledPixels -= growth;
        }
        effect.labels.push_back({change.image, change.patch.rect()});
    }
    if (edit.removedImage) {
        findImage(*edit.removedImage)->record.removed = direction == Direction::Forward;
        effect.images = true;
    }
    return effect;
}

void Project::changeClass(const ClassChange& change, Direction direction) {
    const auto& from = direction == Direction::Forward ? change.before : change.after;
    const auto& to = direction == Direction::Forward ? change.after : change.before;
    if (from && to) {
        contents_.classes.update(*to);
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
    if (edit.removedImage) writes.push_back(ImageWrite{findImage(*edit.removedImage)->record});
    return writes;
}

// ---- what the engine made ----

std::vector<ImageId> Project::recordRun(AdaptationRun run) {
    std::vector<ImageId> outdated;
    for (const auto& [id, prediction] : contents_.predictions) {
        if (prediction->isFinal) outdated.push_back(id);
    }
    for (const ImageId& id : outdated) contents_.predictions.erase(id);
    contents_.lastRun = std::move(run);
    record({RunWrite{std::make_shared<const AdaptationRun>(*contents_.lastRun)}});
    return outdated;
}

void Project::markClassesTaught() {
    std::vector<uint8_t> taught = taughtValues();
    for (const LabelClass& entry : classes().classes()) {
        if (std::ranges::find(taught, entry.value) == taught.end()) taught.push_back(entry.value);
    }
    setSetting(kTaughtValuesKey, nlohmann::json(taught).dump());
}

std::vector<uint8_t> Project::taughtValues() const {
    std::vector<uint8_t> taught;
    const nlohmann::json values = nlohmann::json::parse(setting(kTaughtValuesKey), nullptr, false);
    for (const nlohmann::json& value : values) {
        if (value.is_number_unsigned() && value < ClassTable::kMaxClasses)
            taught.push_back(value.get<uint8_t>());
    }
    return taught;
}

PredictionPtr Project::prediction(const ImageId& id) const {
    const auto found = contents_.predictions.find(id);
    return found == contents_.predictions.end() ? nullptr : found->second;
}

void Project::setPrediction(messages::Prediction prediction) {
    const auto shared = std::make_shared<const messages::Prediction>(std::move(prediction));
    contents_.predictions[shared->imageId] = shared;
    if (shared->isFinal) record({PredictionWrite{shared}});
}

ProjectEffect Project::acceptPrediction(const ImageId& id, bool alsoOverPainted) {
    const ProjectImage* known = image(id);
    const PredictionPtr newest = prediction(id);
    if (!known || !newest || newest->mask.size != known->labels.size()) return {};
    return acceptPrediction(id, LabelMap::fromMask(newest->mask), alsoOverPainted);
}

ProjectEffect Project::acceptPrediction(const ImageId& id, const LabelMap& predicted, bool alsoOverPainted) {
    return layOver(id, predicted, alsoOverPainted ? MergeOver::Everything : MergeOver::Unlabelled);
}

ProjectEffect Project::layOver(const ImageId& id, const LabelMap& labels, MergeOver over) {
    return layOver({{id, labels}}, over);
}

ProjectEffect Project::layOver(const std::vector<std::pair<ImageId, LabelMap>>& labels, MergeOver over,
                               const std::vector<LabelClass>& added) {
    Edit edit;
    ClassTable table = classes();
    for (const LabelClass& entry : added) {
        edit.classChanges.push_back({table.size(), std::nullopt, entry});
        table.insert(table.size(), entry);
    }
    std::map<ImageId, LabelMap> after;  // two files may label one image
    for (const auto& [id, laid] : labels) {
        const ProjectImage* known = image(id);
        if (!known || laid.size() != known->labels.size()) continue;
        const LabelMap& before = after.contains(id) ? after.at(id) : known->labels;
        after[id] = merged(before, laid, table, over);
    }
    for (const auto& [id, result] : after) {
        LabelPatch patch = LabelPatch::between(image(id)->labels, result, RectInImage::ofSize(result.size()));
        if (!patch.isEmpty()) edit.labelChanges.push_back({id, std::move(patch)});
    }
    if (edit.classChanges.empty() && edit.labelChanges.empty()) return {};
    return perform(std::move(edit));
}

// ---- settings ----

std::string Project::setting(const std::string& key) const {
    const auto found = contents_.settings.find(key);
    return found == contents_.settings.end() ? std::string() : found->second;
}

void Project::setSetting(const std::string& key, const std::string& value) {
    if (setting(key) == value) return;
    contents_.settings[key] = value;
    record({SettingWrite{key, value}});
}

}  // namespace finebrush
