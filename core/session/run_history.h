#pragma once

#include "core/session/current_project.h"
#include "core/session/session_events.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace finebrush {

/// The adaptations of the project, and the one of them that a person looks at: the newest, unless another was
/// chosen. Owner's thread.
class RunHistory {
  public:
    using Emit = std::function<void(const SessionEvent&)>;

    RunHistory(CurrentProject& current, Emit emit) : current_(current), emit_(std::move(emit)) {}

    /// Newest first.
    std::vector<RunRecord> runs() const;
    /// Ends in RunChosen; before it in Notice where the run cannot be read. 0: the newest, also while it is
    /// still in progress.
    void choose(int64_t number);
    /// Goes back to the newest one.
    void forgetChoice();
    /// 0: the newest.
    int64_t chosenNumber() const { return chosenNumber_; }
    /// Null where the newest one is looked at.
    const AdaptationRun* chosen() const { return chosen_ ? &*chosen_ : nullptr; }

  private:
    void show(int64_t number, std::optional<AdaptationRun> run);

    CurrentProject& current_;
    Emit emit_;
    int64_t wanted_ = 0;  ///< what is looked at or being read
    int64_t chosenNumber_ = 0;
    std::optional<AdaptationRun> chosen_;
};

}  // namespace finebrush
