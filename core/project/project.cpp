#include "core/project/project.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr char kTaughtValuesKey[] = "taught_class_values";

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
    ProjectImage image{std::move(record), LabelMap(), {}};
    image.labels = labels ? std::move(*labels) : LabelMap(image.record.size);
    if (image.labels.size() != image.record.size)
        throw std::invalid_argument("the labels are of another size");
    image.counts = LabelCounts::of(image.labels);
    const auto [begin, end] = placesByPath_.equal_range(image.record.path.native());
    if (begin != end)  // slices of one file look alike
        image.record.display = contents_.images[begin->second].record.display;
    const auto beside = std::find_if(
        begin, end, [this](const auto& entry) { return !contents_.images[entry.second].record.removed; });
    if (beside != end) image.record.review = contents_.images[beside->second].record.review;

    ProjectWrites writes = {ImageWrite{image.record}};
    if (image.labelledPixels() > 0) writes.push_back(allTiles(image.record.id, image.labels));
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

std::vector<ImageId> Project::imagesOf(const std::filesystem::path& file) const {
    std::vector<ImageId> ids;
    const auto [begin, end] = placesByPath_.equal_range(file.native());
    for (auto found = begin; found != end; ++found) {
        const ImageRecord& record = contents_.images[found->second].record;
        if (!record.removed) ids.push_back(record.id);
    }
    return ids;
}

ProjectEffect Project::setReview(const std::vector<ImageId>& ids, ReviewState review) {
    Edit edit;
    std::set<std::filesystem::path> files;
    for (const ImageId& id : ids) {
        const ProjectImage* known = image(id);
        if (!known || !files.insert(known->record.path).second) continue;
        // Slices that came together from several series may differ.
        for (const ImageId& slice : imagesOf(known->record.path)) {
            const ReviewState before = findImage(slice)->record.review;
            if (before == review) continue;
            edit.reviewChanges.push_back({slice, before, review});
            break;
        }
    }
    return edit.reviewChanges.empty() ? ProjectEffect() : perform(std::move(edit));
}

ProjectEffect Project::removeImage(const ImageId& id) {
    if (!image(id)) return {};
    Edit edit;
    edit.removedImages = {id};
    return perform(std::move(edit));
}

ProjectEffect Project::removeVolume(const ImageId& id) {
    const ProjectImage* removed = image(id);
    if (!removed) return {};
    Edit edit;
    for (const ProjectImage& other : images()) {
        if (!other.record.removed && other.record.path == removed->record.path)
            edit.removedImages.push_back(other.record.id);
    }
    return perform(std::move(edit));
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
        return value < kMaxClasses && !table.findValue(value) &&
               std::ranges::find(taught, value) == taught.end();
    };
    for (int value = entry.value; value < kMaxClasses; ++value) {
        if (!isFree(static_cast<uint8_t>(value))) continue;
        entry.value = static_cast<uint8_t>(value);
        break;
    }
    if (wish.value && isFree(*wish.value)) entry.value = *wish.value;
    if (wish.colour) entry.colour = *wish.colour;
    if (wish.key != 0 && !table.findKey(wish.key)) entry.key = wish.key;
    return entry;
}

ProjectEffect Project::updateClass(const LabelClass& entry) {
    const LabelClass* known = classes().find(entry.id);
    if (!known) return {};
    LabelClass changed = entry;
    changed.value = known->value;
    if (changed == *known) return {};
    Edit edit;
    const LabelClass* owner = classes().findKey(changed.key);
    if (owner && owner->id != changed.id) {
        LabelClass without = *owner;
        without.key = 0;
        edit.classChanges.push_back({classes().indexOf(owner->id), *owner, std::move(without)});
    }
    edit.classChanges.push_back({classes().indexOf(entry.id), *known, std::move(changed)});
    return perform(std::move(edit));
}

ProjectEffect Project::moveClass(const ClassId& id, int place) {
    const LabelClass* known = classes().find(id);
    if (!known) return {};
    const int from = classes().indexOf(id), to = std::clamp(place, 0, classes().size() - 1);
    if (from == to) return {};
    Edit edit;
    edit.classChanges = {{from, *known, std::nullopt}, {to, std::nullopt, *known}};
    return perform(std::move(edit));
}

ProjectEffect Project::removeClass(const ClassId& id, const std::optional<ClassId>& heir) {
    std::optional<EditPlan> plan = removalPlan(id, heir);
    return plan ? perform(std::move(*plan)) : ProjectEffect();
}

std::optional<EditPlan> Project::removalPlan(const ClassId& id, const std::optional<ClassId>& heir) const {
    const LabelClass* known = classes().find(id);
    if (!known) return std::nullopt;
    const LabelClass* other = heir && *heir != id ? classes().find(*heir) : nullptr;
    const PixelwiseEdit edit = replacing(known->value, other ? other->value : kUnlabelled);
    EditPlan plan{classes(), {{classes().indexOf(id), *known, std::nullopt}}, {}, known->value};
    for (const ProjectImage& image : contents_.images) {
        // A removed one comes back only after this edit is undone.
        if (image.record.removed || image.counts.of(known->value) == 0) continue;
        plan.labels.push_back({image.record.id, LabelRevision(image.labels, edit)});
    }
    return plan;
}

bool Project::hasLabels(const ClassId& id) const {
    const std::vector<ClassId> labelled = labelledClasses();
    return std::ranges::find(labelled, id) != labelled.end();
}

std::vector<ClassId> Project::labelledClasses() const {
    LabelCounts counts;
    for (const ProjectImage& image : contents_.images) {
        if (!image.record.removed) counts += image.counts;
    }
    std::vector<ClassId> labelled;
    for (const LabelClass& entry : classes().classes()) {
        if (counts.of(entry.value) > 0) labelled.push_back(entry.id);
    }
    return labelled;
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
        if (value.is_number_unsigned() && value < kMaxClasses) taught.push_back(value.get<uint8_t>());
    }
    return taught;
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
