#include "core/importers/label_import.h"

#include "core/exporters/class_list.h"
#include "core/importers/class_raster.h"
#include "core/importers/coco_importer.h"
#include "core/importers/image_names.h"
#include "core/importers/import_errors.h"
#include "core/importers/json_outline.h"
#include "core/importers/labelme_importer.h"
#include "core/importers/vector_importer.h"
#include "core/importers/volume_importer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

namespace finebrush {

namespace {

using nlohmann::json;

constexpr const char* kClassLists[] = {"classes.json", "classes.txt", "labelmap.txt"};

bool isClassList(const std::filesystem::path& file) {
    return std::ranges::any_of(kClassLists, [&](const char* name) { return file.filename() == name; });
}

/// The class list beside a file, else the one in the folder above.
std::optional<ClassTable> classListFor(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.parent_path();
    for (const std::filesystem::path& place : {folder, folder.parent_path()}) {
        for (const char* name : kClassLists) {
            std::error_code problem;
            if (!std::filesystem::exists(place / name, problem)) continue;
            Result<ClassTable> classes = readClassList(place / name);
            if (classes) return std::move(*classes);
        }
    }
    return std::nullopt;
}

void nameClasses(ImportedLabels& labels, const ClassTable& names) {
    for (ImportedClass& entry : labels.classes) {
        const LabelClass* named = names.findValue(entry.value);
        if (!named) continue;
        entry.name = named->name;
        entry.colour = named->colour;
    }
}

/// What a document holds on its outermost level, without what lies within; discarded where it is no JSON.
json outlineOf(const std::vector<uint8_t>& bytes) {
    const auto isOuter = [](int depth, json::parse_event_t, const json&) { return depth < 2; };
    return json::parse(bytes, isOuter, false);
}

bool holdsShapes(const json& document) {
    return document.is_object() && document.contains("shapes");
}

bool holdsCoco(const json& document) {
    return document.is_object() && document.contains("images") && document.contains("annotations");
}

bool holdsFeatures(const json& document) {
    return document.is_object() && document.contains("type");
}

/// Reads files one after another.
class Importer {
  public:
    Importer(const std::vector<ImportTarget>& targets, const std::optional<size_t>& shown, bool isSingle)
        : targets_(targets), shown_(shown), isSingle_(isSingle) {}

    /// What a person did not name is passed over where it holds no labels.
    void read(const std::filesystem::path& file, bool isNamed) {
        if (!isNamed && (isClassList(file) || isImage(file))) return;
        if (hasVectorEnding(file)) {
            forTarget(targetNamed(utf8(file), targets_), file, importVectors);
        } else if (isLabelVolume(file)) {
            add(importVolume(file, targets_, shown_));
        } else if (file.extension() == ".json") {
            readJson(file, isNamed);
        } else if (isClassRaster(file)) {
            forTarget(targetNamed(utf8(file), targets_), file, readClassRaster);
        } else if (isNamed) {
            refuse({ErrorCode::LabelsFormatUnknown, {utf8(file)}, {}});
        }
    }

    LabelImport take() { return std::move(import_); }
    void refuse(Error problem) { import_.problems.push_back(std::move(problem)); }

  private:
    bool isImage(const std::filesystem::path& file) const {
        return std::ranges::any_of(targets_,
                                   [&](const ImportTarget& target) { return target.address.file == file; });
    }

    using Reader = Result<ImportedLabels> (*)(const std::filesystem::path&, const ImportTarget&, size_t);

    std::optional<size_t> orShown(std::optional<size_t> target) const {
        return target || !isSingle_ ? target : shown_;
    }

    void forTarget(std::optional<size_t> named, const std::filesystem::path& file, Reader reader) {
        const std::optional<size_t> target = orShown(named);
        if (!target) return refuse({ErrorCode::LabelsNoImage, {utf8(file)}, {}});
        Result<ImportedLabels> labels = reader(file, targets_[*target], *target);
        if (labels) {
            const bool hasNames = std::ranges::any_of(
                labels->classes, [](const ImportedClass& entry) { return !entry.name.empty(); });
            const auto names = hasNames ? std::nullopt : classListFor(file);
            if (names) nameClasses(*labels, *names);
        }
        keep(std::move(labels));
    }

    void readJson(const std::filesystem::path& file, bool isNamed) {
        const Result<std::vector<uint8_t>> bytes = readFile(file, kMaxJsonBytes);
        if (!bytes) return refuse(bytes.error());
        // A document takes many times its bytes, and a folder may hold large ones of other kinds.
        const json outline = outlineOf(*bytes);
        if (outline.is_discarded()) return refuse(badLabels(file, "it is not well-formed JSON").value());
        if (holdsShapes(outline)) {
            const json document = json::parse(*bytes);
            const std::optional<size_t> target = orShown(labelmeTarget(file, document, targets_));
            if (!target) return refuse({ErrorCode::LabelsNoImage, {utf8(file)}, {}});
            keep(importLabelme(file, document, targets_[*target], *target));
        } else if (holdsCoco(outline)) {
            add(importCoco(file, json::parse(*bytes), targets_));
        } else if (holdsFeatures(outline)) {
            forTarget(targetNamed(utf8(file), targets_), file, importVectors);
        } else if (isNamed) {
            refuse({ErrorCode::LabelsFormatUnknown, {utf8(file)}, {}});
        }
    }

    void keep(Result<ImportedLabels> labels) {
        if (labels) {
            import_.images.push_back(std::move(*labels));
        } else {
            refuse(labels.error());
        }
    }

    void add(LabelImport more) {
        std::ranges::move(more.images, std::back_inserter(import_.images));
        std::ranges::move(more.problems, std::back_inserter(import_.problems));
    }

    const std::vector<ImportTarget>& targets_;
    std::optional<size_t> shown_;
    bool isSingle_;
    LabelImport import_;
};

}  // namespace

LabelImport importLabels(const std::vector<std::filesystem::path>& paths,
                         const std::vector<ImportTarget>& targets, const std::optional<size_t>& shown,
                         const std::stop_token& stop) {
    std::error_code problem;
    const bool isSingle = paths.size() == 1 && !std::filesystem::is_directory(paths.front(), problem);
    Importer importer(targets, shown, isSingle);
    for (const std::filesystem::path& path : paths) {
        if (!std::filesystem::is_directory(path, problem)) {
            importer.read(path, true);
            continue;
        }
        const auto files = filesIn(path);
        if (!files) importer.refuse(files.error());
        for (size_t i = 0; files && i < files->size() && !stop.stop_requested(); ++i)
            importer.read((*files)[i], false);
    }
    return importer.take();
}

}  // namespace finebrush
