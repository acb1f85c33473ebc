#include "core/session/labels/label_imports.h"

#include "core/base/files.h"
#include "core/importers/label_import.h"
#include "core/session/images/image_jobs.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace finebrush {

namespace {

const LabelClass* classNamed(const ClassTable& classes, const std::string& name) {
    const auto found = std::ranges::find(classes.classes(), name, &LabelClass::name);
    return found == classes.classes().end() ? nullptr : &*found;
}

const LabelClass* classFor(const ClassTable& classes, const ImportedClass& wanted, const std::string& name) {
    if (wanted.name.empty()) {
        if (const LabelClass* known = classes.findValue(wanted.value)) return known;
    }
    return classNamed(classes, name);
}

/// Names alone say nothing of a value: theirs are only places in the file.
std::optional<uint8_t> wishedValue(const ImportedClass& wanted) {
    return wanted.hasOwnValue ? std::optional(wanted.value) : std::nullopt;
}

/// The classes of a project with those that an import adds.
class ClassMatcher {
  public:
    ClassMatcher(const Project& project, const ClassNaming& naming)
        : project_(project), naming_(naming), table_(project.classes()) {}

    const std::vector<LabelClass>& added() const { return added_; }
    /// The names of the classes that values without a name were given.
    const std::map<uint8_t, std::string>& classOfValue() const { return classOfValue_; }

    /// Plans what is missing, and gives the project's value of each value of a file; `kUnlabelled` for one
    /// that has no class. Nothing where there is no room.
    std::optional<ValueMap> match(const std::vector<ImportedClass>& classes) {
        ValueMap values;
        values.fill(kUnlabelled);
        for (const ImportedClass& wanted : classes) {
            const std::string name = wanted.name.empty() ? naming_.nameOf(wanted.value) : wanted.name;
            const LabelClass* known = classFor(table_, wanted, name);
            if (!known) {
                if (table_.isFull()) return std::nullopt;
                added_.push_back(project_.makeClass(table_, name, {wanted.colour, wishedValue(wanted), 0}));
                table_.insert(table_.size(), added_.back());
                known = &added_.back();
            }
            values[wanted.value] = known->value;
            if (wanted.name.empty()) classOfValue_[wanted.value] = known->name;
        }
        return values;
    }

  private:
    const Project& project_;
    const ClassNaming& naming_;
    ClassTable table_;
    std::vector<LabelClass> added_;
    std::map<uint8_t, std::string> classOfValue_;
};

/// "roof, road, tree …"
std::string firstFew(const std::vector<std::string>& names) {
    constexpr size_t kNamed = 8;
    std::string text;
    for (size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
        if (i > 0) text += ", ";
        text += names[i];
    }
    return names.size() > kNamed ? text + " …" : text;
}

}  // namespace

ImportTargets importTargetsOf(const Project& project) {
    ImportTargets targets;
    for (const ProjectImage& image : project.images()) {
        if (image.record.removed) continue;
        targets.targets.push_back({image.record.address(), image.record.size});
        targets.ids.push_back(image.record.id);
        targets.fingerprints.push_back(image.record.fingerprint);
    }
    return targets;
}

ReadLabels readLabels(const std::vector<std::filesystem::path>& paths, const ImportTargets& targets,
                      const std::optional<size_t>& shown, const ImageMemory& memory,
                      const std::stop_token& stop) {
    ReadLabels read{importLabels(paths, targets.targets, shown, stop), {}};
    for (size_t place = 0; place < read.import.images.size() && !stop.stop_requested(); ++place) {
        const ImportedLabels& labels = read.import.images[place];
        if (!labels.newSlice) continue;
        const ImageAddress address(targets.targets[labels.target].address.file, labels.newSlice);
        Result<DescribedImage> described =
            describeImage(address, targets.fingerprints[labels.target], memory);
        if (described) {
            read.added.emplace(place, std::move(described->record));
        } else {
            read.import.problems.push_back(described.error());
        }
    }
    return read;
}

PlannedImport planImport(Project& project, const std::shared_ptr<const ReadLabels>& read,
                         const std::vector<ImageId>& ids, const ClassNaming& naming, MergeOver over) {
    PlannedImport planned;
    planned.problems = read->import.problems;
    ClassMatcher classes(project, naming);
    std::vector<std::pair<ImageId, LaidLabels>> labels;
    for (size_t place = 0; place < read->import.images.size(); ++place) {
        const ImportedLabels& found = read->import.images[place];
        const auto record = read->added.find(place);
        if (found.newSlice && record == read->added.end()) continue;
        const std::optional<ValueMap> values = classes.match(found.classes);
        if (!values) {
            const ProjectImage* image = project.image(ids[found.target]);
            const std::filesystem::path path = image ? image->record.path : std::filesystem::path();
            planned.problems.push_back({ErrorCode::ClassesFull, {utf8(path)}, {}});
            continue;
        }
        ImageId id = ids[found.target];
        if (found.newSlice) {
            const ProjectImage* meanwhile = project.imageAt(record->second.address());
            if (!meanwhile) project.addImage(record->second);
            planned.hasNewImages = planned.hasNewImages || !meanwhile;
            id = meanwhile ? meanwhile->record.id : record->second.id;
        }
        const ProjectImage* image = project.image(id);
        if (!image || image->record.size != found.labels.size()) continue;  // it changed meanwhile
        labels.push_back({id, {std::shared_ptr<const LabelMap>(read, &found.labels), *values}});
        planned.images.push_back(id);
    }
    planned.plan = project.layOverPlan(labels, over, classes.added());
    planned.classOfValue = classes.classOfValue();
    return planned;
}

Result<std::vector<ProjectEffect>> mergeClassList(Project& project, const ClassTable& list,
                                                  const std::string& source) {
    std::vector<std::string> missing;
    for (const LabelClass& entry : list.classes()) {
        const bool isNew = !classNamed(project.classes(), entry.name) &&
                           std::ranges::find(missing, entry.name) == missing.end();
        if (isNew) missing.push_back(entry.name);
    }
    const int room = kMaxClasses - project.classes().size();
    if (std::ssize(missing) > room) {
        return failure(ErrorCode::ClassListTooLong,
                       {source, std::to_string(missing.size()), std::to_string(room), firstFew(missing)});
    }
    std::vector<ProjectEffect> effects;
    for (const LabelClass& entry : list.classes()) {
        const LabelClass* known = classNamed(project.classes(), entry.name);
        if (!known) {
            effects.push_back(project.addClass(entry.name, {entry.colour, entry.value, entry.key}));
            continue;
        }
        LabelClass recoloured = *known;
        recoloured.colour = entry.colour;
        effects.push_back(project.updateClass(recoloured));
    }
    return effects;
}

}  // namespace finebrush
