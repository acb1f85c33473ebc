#include "core/session/labels/label_importer.h"

#include "core/base/files.h"
#include "core/exporters/class_list.h"
#include "core/importers/label_import.h"
#include "core/session/images/image_jobs.h"

#include <algorithm>
#include <map>
#include <optional>

namespace finebrush {

namespace {

/// Also describes the slices that are to be added; one that cannot be read is a problem.
Result<ReadLabels> readLabels(const std::vector<std::filesystem::path>& paths,
                              const std::vector<ImportTarget>& targets, const std::optional<size_t>& shown,
                              const std::map<size_t, FileFingerprint>& fingerprints,
                              const std::stop_token& stop) {
    ReadLabels read{importLabels(paths, targets, shown, stop), {}};
    for (size_t place = 0; place < read.import.images.size() && !stop.stop_requested(); ++place) {
        const ImportedLabels& labels = read.import.images[place];
        if (!labels.newSlice) continue;
        const ImageAddress address(targets[labels.target].address.file, labels.newSlice);
        Result<DescribedImage> described = describeImage(address, fingerprints.at(labels.target));
        if (described) {
            read.added.emplace(place, std::move(described->record));
        } else {
            read.import.problems.push_back(described.error());
        }
    }
    return read;
}

}  // namespace

void LabelImporter::importLabels(const std::vector<std::filesystem::path>& paths) {
    const ImportTargets targets = importTargetsOf(current_.project());
    std::optional<size_t> shown;
    if (shelf_.shown()) {
        const auto place = std::ranges::find(targets.ids, shelf_.shown()->id);
        if (place != targets.ids.end()) shown = static_cast<size_t>(place - targets.ids.begin());
    }
    std::map<size_t, FileFingerprint> fingerprints;  // of the targets, so that no file is read for them again
    for (size_t i = 0; i < targets.ids.size(); ++i)
        fingerprints[i] = current_.project().image(targets.ids[i])->record.fingerprint;
    jobs_.run<ReadLabels>(
        [paths, targets = targets.targets, shown, fingerprints](const std::stop_token& stop) {
            return readLabels(paths, targets, shown, fingerprints, stop);
        },
        [this, ids = targets.ids, generation = current_.generation()](Result<ReadLabels> read) {
            if (generation != current_.generation()) return;
            if (read) {
                apply(std::make_shared<const ReadLabels>(std::move(*read)), ids);
            } else {
                events_.emit(Notice{read.error()});
            }
        });
}

void LabelImporter::apply(const std::shared_ptr<const ReadLabels>& read, const std::vector<ImageId>& ids) {
    const auto planned = std::make_shared<PlannedImport>();
    reviser_.revise(
        [this, read, ids, planned] {
            *planned = planImport(current_.project(), read, ids);
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
