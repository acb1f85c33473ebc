#include "core/session/label_imports.h"

#include "core/base/files.h"

#include <algorithm>
#include <array>
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

/// The project's value of each value of a file; `kUnlabelled` for one that has no class.
using ValueMap = std::array<uint8_t, 256>;

/// Adds what is missing. Nothing where there is no room.
std::optional<ValueMap> matchClasses(Project& project, const std::vector<ImportedClass>& classes,
                                     ImportEffect& effect) {
    ValueMap values;
    values.fill(kUnlabelled);
    for (const ImportedClass& wanted : classes) {
        const std::string name = wanted.name.empty() ? "class " + std::to_string(wanted.value) : wanted.name;
        const LabelClass* known = classFor(project.classes(), wanted, name);
        if (!known) {
            if (project.classes().isFull()) return std::nullopt;
            effect.effects.push_back(project.addClass(name, {wanted.colour, wishedValue(wanted)}));
            known = &project.classes().classes().back();
        }
        values[wanted.value] = known->value;
    }
    return values;
}

LabelMap withValues(const LabelMap& labels, const ValueMap& values) {
    IndexMask mask = labels.toMask();
    for (uint8_t& value : mask.values) value = values[value];
    return LabelMap::fromMask(mask);
}

}  // namespace

ImportTargets importTargetsOf(const Project& project) {
    ImportTargets targets;
    for (const ProjectImage& image : project.images()) {
        if (image.record.removed) continue;
        targets.targets.push_back({image.record.address(), image.record.size});
        targets.ids.push_back(image.record.id);
    }
    return targets;
}

ImportEffect applyImport(Project& project, const LabelImport& import, const std::vector<ImageId>& ids) {
    ImportEffect effect;
    effect.problems = import.problems;
    for (const ImportedLabels& labels : import.images) {
        const ImageId& id = ids[labels.target];
        const ProjectImage* image = project.image(id);
        if (!image || image->record.size != labels.labels.size()) continue;  // it changed meanwhile
        const auto values = matchClasses(project, labels.classes, effect);
        if (!values) {
            effect.problems.push_back({ErrorCode::ClassesFull, {utf8(image->record.path)}, {}});
            continue;
        }
        effect.effects.push_back(project.layOver(id, withValues(labels.labels, *values)));
        effect.images.push_back(id);
    }
    return effect;
}

std::vector<ProjectEffect> mergeClassList(Project& project, const ClassTable& list) {
    std::vector<ProjectEffect> effects;
    for (const LabelClass& entry : list.classes()) {
        const LabelClass* known = classNamed(project.classes(), entry.name);
        if (!known) {
            effects.push_back(project.addClass(entry.name, {entry.colour, entry.value}));
            continue;
        }
        LabelClass recoloured = *known;
        recoloured.colour = entry.colour;
        effects.push_back(project.updateClass(recoloured));
    }
    return effects;
}

}  // namespace finebrush
