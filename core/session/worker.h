#pragma once

#include "core/base/result.h"
#include "core/session/guarded.h"
#include "core/session/owner_thread.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace finebrush {

/// Runs jobs one after another on a thread of its own. A job is a plain function of a stop token that returns
/// a `Result<T>`; its outcome is handed over on the owner's thread. An exception becomes an error, so that no
/// job can end the process.
class Worker {
  public:
    explicit Worker(OwnerThread::Post post);
    /// Asks the running job to stop, drops those that wait and joins. No outcome is handed over any more.
    ~Worker();

    /// Queues a job. `done` may be called for a job that was asked to stop as well. Owner's thread; never
    /// blocks.
    template <typename T>
    void run(std::function<Result<T>(const std::stop_token&)> job, std::function<void(Result<T>)> done) {
        enqueue([this, job = std::move(job), done = std::move(done)](const std::stop_token& stop) {
            auto outcome = std::make_shared<Result<T>>(guarded<T>([&] { return job(stop); }));
            owner_.post([outcome, done] { done(std::move(*outcome)); });
        });
    }

  private:
    using Task = std::function<void(const std::stop_token&)>;

    void enqueue(Task task);
    void work(const std::stop_token& stop);

    OwnerThread owner_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Task> tasks_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace finebrush
