// Exports, at the window's door.

#include "core/session/exports/grid_exports.h"
#include "core/session/exports/learning_curves.h"
#include "core/session/exports/statistics_export.h"
#include "core/session/session.h"
#include "core/session/session_state.h"

namespace finebrush {

void Session::stopFileWork() {
    state_->stoppable.stop();
}

void Session::setExportsOnlyDone(bool only) {
    state_->exportsOnlyDone = only;
}

void Session::exportMasks(const std::filesystem::path& folder) {
    state_->exportLabels(JobFinished::Kind::ExportedMasks, folder,
                         [](const ExportInput& input, const std::stop_token& stop) {
                             return finebrush::exportMasks(input, stop);
                         });
}

void Session::exportOverlays(const std::filesystem::path& folder, double opacity) {
    state_->exportLabels(JobFinished::Kind::ExportedOverlays, folder,
                         [opacity](const ExportInput& input, const std::stop_token& stop) {
                             return finebrush::exportOverlays(input, opacity, stop);
                         });
}

void Session::exportCoco(const std::filesystem::path& file) {
    const std::filesystem::path target = normalised(file);
    state_->exportLabels(JobFinished::Kind::ExportedCoco, target.parent_path(),
                         [target](const ExportInput& input, const std::stop_token& stop) {
                             return finebrush::exportCoco(input, target, stop);
                         });
}

void Session::exportLabelme(const std::filesystem::path& folder) {
    state_->exportLabels(JobFinished::Kind::ExportedLabelme, folder,
                         [](const ExportInput& input, const std::stop_token& stop) {
                             return finebrush::exportLabelme(input, stop);
                         });
}

void Session::exportOnGrid(const std::filesystem::path& folder, GridFormat format) {
    state_->exportLabels(JobFinished::Kind::ExportedOnGrid, folder,
                         [format](const ExportInput& input, const std::stop_token& stop) {
                             return finebrush::exportOnGrid(input, format, stop);
                         });
}

bool Session::canExportOnGrid(GridFormat format) const {
    const auto shown = shownImage();
    return shown && fits(format, *shown);
}

void Session::exportAdapter(const std::filesystem::path& folder) {
    const AdaptationRun* run = chosenRun();
    state_->runExport(
        JobFinished::Kind::ExportedAdapter,
        [files = run ? run->outcome.adapter : messages::AdapterFiles(), folder = normalised(folder)](
            bool mayReplace, const auto&) { return finebrush::exportAdapter(files, folder, mayReplace); });
}

void Session::exportStatistics(const std::filesystem::path& file) {
    const std::filesystem::path target = normalised(file);
    state_->exportLabels(JobFinished::Kind::ExportedStatistics, target.parent_path(),
                         [target](const ExportInput& input, const std::stop_token& stop) {
                             return finebrush::exportStatistics(input, target, stop);
                         });
}

void Session::exportCurves(const std::filesystem::path& file) {
    state_->runExport(JobFinished::Kind::ExportedCurves,
                      [metrics = chosenMetrics(), file = normalised(file)](bool, const auto&) {
                          return finebrush::exportCurves(metrics, file);
                      });
}

}  // namespace finebrush
