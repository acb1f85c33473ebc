#include "core/session/run_history.h"

#include <utility>

namespace finebrush {

std::vector<RunRecord> RunHistory::runs() const {
    const Project& project = current_.project();
    std::vector<RunRecord> runs(project.earlierRuns().rbegin(), project.earlierRuns().rend());
    if (const auto& last = project.lastRun()) {
        const messages::Adapted& all = last->outcome;  // without its adapter, which is large
        const messages::Adapted outcome{.stopped = all.stopped,
                                        .steps = all.steps,
                                        .seconds = all.seconds,
                                        .trainableParameters = all.trainableParameters,
                                        .chosen = all.chosen,
                                        .previewScore = all.previewScore,
                                        .adaptedScore = all.adaptedScore,
                                        .adapter = {},
                                        .resumedFrom = all.resumedFrom};
        const AdaptationRun run{last->settings, last->classes, {}, outcome, last->finishedAt};
        runs.insert(runs.begin(), RunRecord{project.lastRunNumber(), totalBytes(all.adapter), run});
    }
    return runs;
}

void RunHistory::choose(int64_t number) {
    const Project& project = current_.project();
    wanted_ = number;
    if (number == 0) return show(0, std::nullopt);
    if (number == project.lastRunNumber()) return show(number, project.lastRun());
    current_.readEarlierRun(number, [this, number](Result<AdaptationRun> run) {
        if (wanted_ != number) return;
        if (run) return show(number, std::move(*run));
        wanted_ = chosenNumber_;
        emit_(Notice{run.error()});
        emit_(RunChosen{});
    });
}

void RunHistory::forgetChoice() {
    if (wanted_ != 0) choose(0);
}

void RunHistory::show(int64_t number, std::optional<AdaptationRun> run) {
    chosenNumber_ = number;
    chosen_ = std::move(run);
    emit_(RunChosen{});
}

}  // namespace finebrush
