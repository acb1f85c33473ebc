// Exports, at the window's door.

#include "core/session/exports/grid_exports.h"
#include "core/session/exports/learning_curves.h"
#include "core/session/session.h"
#include "core/session/session_state.h"

namespace finebrush {

void Session::stopFileWork() {
    state_->stoppable.stop();
}

void Session::exportMasks(const std::filesystem::path& folder) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedMasks,
                      [input = state_->exportInput(folder)](bool mayReplace, const auto& stop) mutable {
                          input.mayReplace = mayReplace;
                          return finebrush::exportMasks(input, stop);
                      });
}

void Session::exportOverlays(const std::filesystem::path& folder, double opacity) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedOverlays, [input = state_->exportInput(folder), opacity](
                                                               bool mayReplace, const auto& stop) mutable {
        input.mayReplace = mayReplace;
        return finebrush::exportOverlays(input, opacity, stop);
    });
}

void Session::exportCoco(const std::filesystem::path& file) {
    finishPainting();
    const std::filesystem::path target = normalised(file);
    state_->runExport(JobFinished::Kind::ExportedCoco,
                      [input = state_->exportInput(target.parent_path()), target](bool, const auto& stop) {
                          return finebrush::exportCoco(input, target, stop);
                      });
}

void Session::exportLabelme(const std::filesystem::path& folder) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedLabelme,
                      [input = state_->exportInput(folder)](bool mayReplace, const auto& stop) mutable {
                          input.mayReplace = mayReplace;
                          return finebrush::exportLabelme(input, stop);
                      });
}

void Session::exportOnGrid(const std::filesystem::path& folder, GridFormat format) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedOnGrid, [input = state_->exportInput(folder), format](
                                                             bool mayReplace, const auto& stop) mutable {
        input.mayReplace = mayReplace;
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

void Session::exportCurves(const std::filesystem::path& file) {
    state_->runExport(JobFinished::Kind::ExportedCurves,
                      [metrics = chosenMetrics(), file = normalised(file)](bool, const auto&) {
                          return finebrush::exportCurves(metrics, file);
                      });
}

}  // namespace finebrush
