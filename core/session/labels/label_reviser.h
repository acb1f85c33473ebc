#pragma once

#include "core/project/edits/edit_plan.h"
#include "core/session/change_events.h"
#include "core/session/current_project.h"
#include "core/session/worker.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace finebrush {

/// Works edits of labels out on a thread of its own, in the order in which they were asked for, and brings
/// each one in as a step of the history; what is little is done at once. Painting may go on meanwhile, and
/// what is painted stays (`LabelRevision`). Owner's thread; never blocks for long.
class LabelReviser {
  public:
    /// Plans an edit, when its turn comes, for the project as it is then; again, where that has changed too
    /// much by the end. Nothing: there is nothing to do any more.
    using MakePlan = std::function<std::optional<EditPlan>()>;
    /// Called once the edit is in effect and announced.
    using Done = std::function<void(const ProjectEffect&)>;

    LabelReviser(const OwnerThread::Post& post, CurrentProject& current, ChangeEvents events)
        : current_(current), events_(std::move(events)), owner_(post), worker_(post) {}

    /// Ends in what the edit changes, or in Notice; LabelWork says meanwhile that it goes on.
    void revise(MakePlan plan, Done done = {});
    /// Gives up what is being worked out, and what waits.
    void cancel();
    bool isWorking() const { return running_.has_value(); }
    /// True where the edit that was asked for last is not brought in yet, and is newer than the newest step
    /// of the history.
    bool canTakeBack() const { return newest() != nullptr; }
    /// Gives that edit up.
    void takeBack();
    /// A stroke or a fill is finished or dropped: what waited for that can be brought in.
    void paintingEnded();
    /// Calls a function once no edit is pending, so that what it reads lacks none: at once, or later. Edits
    /// that are given up, as for another project, are waited for no longer.
    void afterwards(std::function<void()> then);

  private:
    struct Wish {
        MakePlan plan;
        Done done;
        int64_t stepsBefore;  ///< of the history that are older than it
    };
    struct Running {
        Wish wish;
        std::shared_ptr<EditPlan> plan;  ///< the worker's until it is worked out
        std::stop_source stop;
        bool isWorkedOut = false;
    };

    /// As `canTakeBack`; else null.
    const Wish* newest() const;
    /// False where nothing will be brought in any more.
    bool isPending() const;
    void callWaiting();
    /// Begins what waits, where nothing is worked out.
    void proceed();
    void begin(Wish wish);
    void ended(const Result<void>& outcome);
    void bringIn();
    void say();

    CurrentProject& current_;
    ChangeEvents events_;
    std::deque<Wish> waiting_;
    std::optional<Running> running_;
    std::vector<std::function<void()>> afterwards_;
    uint64_t generation_ = 0;  ///< of the project that is worked for
    bool isSaid_ = false;      ///< that something is worked out
    OwnerThread owner_;
    Worker worker_;
};

}  // namespace finebrush
