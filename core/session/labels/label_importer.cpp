#include "core/session/labels/label_importer.h"

#include "core/base/files.h"
#include "core/exporters/class_list.h"

#include <algorithm>
#include <optional>

namespace finebrush {

void LabelImporter::importLabels(const std::vector<std::filesystem::path>& paths, MergeOver over) {
    const ImportTargets targets = importTargetsOf(current_.project());
    std::optional<size_t> shown;
    if (shelf_.shown()) {
        const auto place = std::ranges::find(targets.ids, shelf_.shown()->id);
        if (place != targets.ids.end()) shown = static_cast<size_t>(place - targets.ids.begin());
    }
    stoppable_.run<ReadLabels>(
        jobs_, StoppableJobs::Kind::Import,
        [paths, targets, shown, memory = shelf_.memory()](const std::stop_token& stop) -> Result<ReadLabels> {
            return readLabels(paths, targets, shown, memory, stop);
        },
        [this, ids = targets.ids, over, generation = current_.generation()](Result<ReadLabels> read,
                                                                            bool wasStopped) {
            if (wasStopped) return events_.emit(JobFinished{JobFinished::Kind::StoppedImport, {}});
            if (generation != current_.generation()) return;
            if (read) {
                apply(std::make_shared<const ReadLabels>(std::move(*read)), ids, over);
            } else {
                events_.emit(Notice{read.error()});
            }
        });
}

void LabelImporter::apply(const std::shared_ptr<const ReadLabels>& read, const std::vector<ImageId>& ids,
                          MergeOver over) {
    const auto planned = std::make_shared<PlannedImport>();
    reviser_.revise(
        [this, read, ids, over, planned] {
            *planned = planImport(current_.project(), read, ids, naming_, over);
            if (planned->hasNewImages) {
                shelf_.followList();
                events_.emit(ImagesChanged{});
            }
            return std::optional(std::move(planned->plan));
        },
        [this, planned](const ProjectEffect&) { tell(*planned); });
}

void LabelImporter::tell(const PlannedImport& imported) {
    for (const Error& problem : imported.problems) events_.emit(Notice{problem});
    std::vector<std::filesystem::path> files;
    for (const ImageId& id : imported.images) {
        if (const ProjectImage* image = current_.project().image(id)) files.push_back(image->record.path);
    }
    if (!files.empty())
        events_.emit(JobFinished{JobFinished::Kind::ImportedLabels, files, imported.classOfValue});
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
                              const auto steps = mergeClassList(current_.project(), *list, utf8(file));
                              if (!steps) {
                                  events_.emit(Notice{steps.error()});
                                  return;
                              }
                              for (const ProjectEffect& step : *steps) events_.announce(step);
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
