#include "core/session/engine/adapter_importer.h"

#include "core/base/files.h"
#include "core/messages/adaptation_methods.h"
#include "core/messages/adapter_extras.h"
#include "core/messages/input_range.h"
#include "core/session/engine/adaptation_choice.h"
#include "core/session/engine/adapter_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace finebrush {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostLevels = 30;

/// A part of a configuration; null where it is not there.
Json partOf(const Json& config, const char* pointer) {
    const Json::json_pointer place(pointer);
    return config.is_object() && config.contains(place) ? config.at(place) : Json();
}

/// What the project needs to know of how the adapter was trained.
messages::AdaptationSettings settingsIn(const Json& config) {
    messages::AdaptationSettings settings;
    if (config.is_null()) {
        settings.inputRange = toText(InputRange{InputRange::Kind::Displayed, 0, 0});  // AutoGluon's pictures
        return settings;
    }
    const Json method = partOf(config, "/finebrush/method");
    if (method.is_string() && messages::findAdaptationMethod(method.get<std::string>()))
        settings.method = method.get<std::string>();
    const Json range = partOf(config, "/finebrush/extras/view_plan/input_range");
    if (range.is_string() && inputRangeOf(range.get<std::string>()))
        settings.inputRange = range.get<std::string>();
    return settings;
}

int cellLevelIn(const Json& config) {
    const Json level = partOf(config, "/finebrush/extras/level");
    return level.is_number_integer() ? std::clamp(level.get<int>(), 0, kMostLevels) : 0;
}

/// The class of a table that one of an adapter is, but for those of the `used` values; null where none is.
const LabelClass* classMeant(const ClassTable& table, const messages::ClassInfo& info,
                             const std::set<uint8_t>& used) {
    const auto isLeft = [&](const LabelClass& entry) { return !used.contains(entry.value); };
    for (const LabelClass& entry : table.classes()) {
        if (entry.id == info.id && isLeft(entry)) return &entry;
    }
    for (const LabelClass& entry : table.classes()) {
        if (entry.name == info.name && isLeft(entry)) return &entry;
    }
    return nullptr;
}

/// What the classes of an adapter are in a project.
struct TakenClasses {
    std::vector<messages::ClassInfo> classes;
    std::vector<LabelClass> added;  ///< those of them that the project does not have yet
};

/// `hasOwnValues`: the adapter can be given other values. Errors: AdapterMismatch, with the reason as detail.
Result<TakenClasses> takenClasses(const Project& project, const std::vector<messages::ClassInfo>& classes,
                                  bool hasOwnValues) {
    const auto refusal = [](const char* reason) { return failure(ErrorCode::AdapterMismatch, {}, reason); };
    TakenClasses taken;
    ClassTable table = project.classes();
    std::set<uint8_t> used;
    for (messages::ClassInfo info : classes) {
        const LabelClass* known = hasOwnValues ? classMeant(table, info, used) : table.findValue(info.value);
        if (!known && table.isFull()) return refusal("the project has too many classes already");
        if (!known) {
            taken.added.push_back(
                project.makeClass(table, info.name, {colourFromHex(info.colour), info.value}));
            table.insert(table.size(), taken.added.back());
            known = &table.classes().back();
        }
        if (!hasOwnValues && known->value != info.value)
            return refusal("the project knew another class by a number of its");
        info.id = known->id;
        info.value = known->value;
        used.insert(info.value);
        taken.classes.push_back(std::move(info));
    }
    return taken;
}

/// The files with the identities and values that classes have in the project, in the order of the file.
messages::AdapterFiles withClasses(messages::AdapterFiles files, Json config,
                                   const std::vector<messages::ClassInfo>& classes) {
    Json& entries = config["finebrush"]["classes"];
    for (size_t i = 0; i < classes.size(); ++i) {
        entries[i]["id"] = classes[i].id;
        entries[i]["value"] = classes[i].value;
    }
    const std::string text = config.dump(2) + "\n";
    files[messages::kAdapterConfigFile] = {text.begin(), text.end()};
    return files;
}

/// A refusal of the engine, which does not know the folder.
Error withSource(Error error, const std::filesystem::path& folder) {
    const bool isOfAdapter =
        error.code == ErrorCode::AdapterMalformed || error.code == ErrorCode::AdapterMismatch;
    if (isOfAdapter && !error.arguments.empty()) error.arguments.front() = utf8(folder);
    return error;
}

}  // namespace

void AdapterImporter::importFrom(const std::filesystem::path& folder) {
    jobs_.run<messages::AdapterFiles>(
        [folder](const std::stop_token&) { return readAdapterFiles(folder); },
        [this, folder, generation = current_.generation()](Result<messages::AdapterFiles> files) {
            if (generation != current_.generation()) return;
            if (!files) return events_.emit(Notice{files.error()});
            ask(folder, std::make_shared<const messages::AdapterFiles>(std::move(*files)));
        });
}

void AdapterImporter::ask(const std::filesystem::path& folder, const Files& files) {
    engine_.tryAdapter(files, [this, folder, files](const Result<std::vector<messages::ClassInfo>>& classes) {
        if (!classes) return events_.emit(Notice{withSource(classes.error(), folder)});
        take(folder, files, *classes);
    });
}

void AdapterImporter::take(const std::filesystem::path& folder, const Files& files,
                           const std::vector<messages::ClassInfo>& classes) {
    events_.beforeChange();
    Project& project = current_.project();
    const Json config = messages::configIn(*files);
    const bool hasOwnValues = partOf(config, "/finebrush/classes").is_array();  // that can be changed
    const Result<TakenClasses> taken = takenClasses(project, classes, hasOwnValues);
    if (!taken)
        return events_.emit(Notice{{ErrorCode::AdapterMismatch, {utf8(folder), taken.error().detail}, {}}});
    // With the classes alone: one step of undo.
    if (!taken->added.empty()) events_.announce(project.layOver({}, MergeOver::Unlabelled, taken->added));

    AdaptationRun run;
    run.settings = settingsIn(config);
    run.settings.model = adaptationChoiceOf(project).model;
    run.outcome.chosen = messages::kImported;
    run.outcome.previewScore = run.outcome.adaptedScore = std::nan("");
    run.outcome.adapter = hasOwnValues ? withClasses(*files, config, taken->classes) : *files;
    run.classes = taken->classes;
    engine_.takeOver(std::move(run), cellLevelIn(config));
    events_.emit(JobFinished{JobFinished::Kind::ImportedAdapter, {folder}});
}

}  // namespace finebrush
