#pragma once

#include "core/base/result.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <functional>
#include <stop_token>
#include <utility>
#include <vector>

namespace finebrush {

/// Exports and imports that go on or wait on workers, until a person stops them. Owner's thread. Must outlive
/// the workers.
class StoppableJobs {
  public:
    enum class Kind { Export, Import };

    explicit StoppableJobs(std::function<void(const SessionEvent&)> emit) : emit_(std::move(emit)) {}

    /// Queues a job as `Worker::run` does; FileWork says how long it takes. `done` learns whether it was
    /// asked to stop.
    template <typename T>
    void run(Worker& worker, Kind kind, std::function<Result<T>(const std::stop_token&)> job,
             std::function<void(Result<T>, bool wasStopped)> done) {
        run<T>(worker, begin(kind), std::move(job), std::move(done));
    }
    /// The same with one that was begun before.
    template <typename T>
    void run(Worker& worker, const std::stop_source& stop,
             std::function<Result<T>(const std::stop_token&)> job,
             std::function<void(Result<T>, bool wasStopped)> done) {
        worker.run<T>(
            [job = std::move(job), stop](const std::stop_token& ending) {
                const std::stop_callback relay(ending, [&] { std::stop_source(stop).request_stop(); });
                return job(stop.get_token());
            },
            [this, done = std::move(done), stop](Result<T> outcome) {
                end(stop);
                done(std::move(outcome), stop.stop_requested());
            });
    }

    /// Counts a job that cannot be queued yet among them. It has to be run in the end, also where it is asked
    /// to stop meanwhile.
    std::stop_source begin(Kind kind);

    /// Asks the exports to stop, or where there are none, the imports. Each still comes to its `done`.
    void stop();

  private:
    struct Job {
        Kind kind;
        std::stop_source stop;
    };

    void end(const std::stop_source& stop);
    bool goesOn(Kind kind) const;
    void say();

    std::function<void(const SessionEvent&)> emit_;
    std::vector<Job> jobs_;
    FileWork said_;
};

}  // namespace finebrush
