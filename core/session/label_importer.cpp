#include "core/session/label_importer.h"

#include "core/exporters/class_list.h"
#include "core/importers/label_import.h"
#include "core/session/label_imports.h"

#include <algorithm>
#include <optional>

namespace finebrush {

void LabelImporter::importLabels(const std::vector<std::filesystem::path>& paths) {
    const ImportTargets targets = importTargetsOf(current_.project());
    std::optional<size_t> shown;
    if (shelf_.shown()) {
        const auto place = std::ranges::find(targets.ids, shelf_.shown()->id);
        if (place != targets.ids.end()) shown = static_cast<size_t>(place - targets.ids.begin());
    }
    jobs_.run<LabelImport>(
        [paths, targets = targets.targets, shown](const std::stop_token& stop) -> Result<LabelImport> {
            return finebrush::importLabels(paths, targets, shown, stop);
        },
        [this, ids = targets.ids, generation = current_.generation()](const Result<LabelImport>& import) {
            if (generation != current_.generation()) return;
            if (import) {
                apply(*import, ids);
            } else {
                events_.emit(Notice{import.error()});
            }
        });
}

void LabelImporter::apply(const LabelImport& import, const std::vector<ImageId>& ids) {
    events_.beforeChange();
    const ImportEffect effect = applyImport(current_.project(), import, ids);
    for (const ProjectEffect& step : effect.effects) events_.announce(step);
    for (const Error& problem : effect.problems) events_.emit(Notice{problem});
    std::vector<std::filesystem::path> files;
    for (const ImageId& id : effect.images) files.push_back(current_.project().image(id)->record.path);
    if (!files.empty()) events_.emit(JobFinished{JobFinished::Kind::ImportedLabels, files});
}

void LabelImporter::importClasses(const std::filesystem::path& file) {
    jobs_.run<ClassTable>([file](const std::stop_token&) { return readClassList(file); },
                          [this, file, generation = current_.generation()](const Result<ClassTable>& list) {
                              if (generation != current_.generation()) return;
                              if (!list) {
                                  events_.emit(Notice{list.error()});
                                  return;
                              }
                              events_.beforeChange();
                              for (const ProjectEffect& step : mergeClassList(current_.project(), *list))
                                  events_.announce(step);
                              events_.emit(JobFinished{JobFinished::Kind::ImportedClasses, {file}});
                          });
}

void LabelImporter::exportClasses(const std::filesystem::path& file) {
    InputFiles inputs;
    for (const ProjectImage& image : current_.project().images()) inputs.push_back(image.record.path);
    jobs_.run<void>([file, inputs, classes = current_.project().classes()](
                        const std::stop_token&) { return exportClassList(file, classes, inputs); },
                    [this, file](const Result<void>& written) {
                        if (written) {
                            events_.emit(JobFinished{JobFinished::Kind::ExportedClasses, {file}});
                        } else {
                            events_.emit(Notice{written.error()});
                        }
                    });
}

}  // namespace finebrush
