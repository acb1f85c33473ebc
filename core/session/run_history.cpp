#include "core/session/run_history.h"

#include <utility>

namespace finebrush {

std::vector<RunRecord> RunHistory::runs() const {
    const Project& project = current_.project();
    std::vector<RunRecord> runs(project.earlierRuns().rbegin(), project.earlierRuns().rend());
    if (const auto& last = project.lastRun()) {
        const int64_t bytes = totalBytes(last->outcome.adapter);
        runs.insert(runs.begin(), RunRecord{project.lastRunNumber(), bytes, withoutBulk(*last)});
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
    wanted_ = 0;
    if (chosen_) show(0, std::nullopt);
}

void RunHistory::show(int64_t number, std::optional<AdaptationRun> run) {
    chosenNumber_ = number;
    chosen_ = std::move(run);
    emit_(RunChosen{});
}

}  // namespace finebrush
