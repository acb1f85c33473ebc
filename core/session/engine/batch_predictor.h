#pragma once

#include "core/session/current_project.h"
#include "core/session/engine/engine_director.h"
#include "core/session/engine/images_to_predict.h"
#include "core/session/images/image_shelf.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace finebrush {

/// Lets the engine predict all images of the project that the adapter of now has not predicted yet, one after
/// another, while it has nothing else to do. What is predicted is kept in the project as it comes, so that
/// nothing is lost or done twice where this is stopped. After an adaptation all are predicted by its adapter.
/// Owner's thread; files are read on a worker.
class BatchPredictor {
  public:
    BatchPredictor(OwnerThread::Post post, CurrentProject& current, ImageShelf& shelf, EngineDirector& engine,
                   std::function<void(const SessionEvent&)> emit);
    ~BatchPredictor() { stop_.request_stop(); }

    bool isRunning() const { return isRunning_; }
    /// PredictionWork says how far it is; ends in JobFinished, and in a Notice for each image that cannot be
    /// predicted.
    void start();
    void stop();
    /// Ends without a word, before there is another project.
    void forget();
    /// Goes on where the engine has time.
    void advance();

  private:
    using Clock = std::chrono::steady_clock;

    /// What is open to be predicted.
    struct AtWork {
        ImageToPredict planned;
        std::shared_ptr<const OpenedImage> image;
        std::vector<CellAddress> cells = {};  ///< of a large image
        size_t next = 0;                      ///< of them
        bool isReady = false;                 ///< the large image has the overviews that it needs
    };
    struct Opened {
        ImageRecord record;
        std::shared_ptr<OpenedImage> image;
    };

    /// Runs a job on the worker, and goes on after it.
    template <typename T>
    void run(std::function<Result<T>(const std::stop_token&)> job, std::function<void(Result<T>)> done) {
        isBusy_ = true;
        worker_.run<T>(
            [job = std::move(job), stop = stop_](const std::stop_token& ending) {
                const std::stop_callback relay(ending, [&] { std::stop_source(stop).request_stop(); });
                return job(stop.get_token());
            },
            [this, done = std::move(done), round = round_](Result<T> outcome) {
                if (round != round_) return;
                isBusy_ = false;
                done(std::move(outcome));
                advance();
            });
    }

    void begin();
    void plan();
    void follow(const std::vector<ImageToPredict>& planned);
    void openNext();
    /// What the person looks at goes first.
    ImageToPredict takeNext();
    void open(const ImageToPredict& planned);
    void onOpened(ImageToPredict planned, Opened opened);
    bool isGone(const ImageToPredict& planned) const;
    std::optional<DisplayMapping> displayOf(const ImageToPredict& planned) const;
    void skip();
    void ask();
    void makeReady(const ImageRecord& record);
    void onAnswer(const Result<void>& answer);
    void imageDone();
    void imageFailed(const ImageAddress& address, const Error& error);
    void end(JobFinished::Kind kind);
    void leave();
    void say();

    CurrentProject& current_;
    ImageShelf& shelf_;
    EngineDirector& engine_;
    std::function<void(const SessionEvent&)> emit_;
    bool isRunning_ = false;
    bool isBusy_ = false;     ///< on the worker
    bool isPlanned_ = false;  ///< what waits is all that is not predicted
    uint64_t round_ = 0;      ///< tells the outcomes of one that was stopped
    int64_t runNumber_ = 0;   ///< of the adapter
    std::stop_source stop_;
    std::deque<ImageToPredict> waiting_;
    std::optional<AtWork> atWork_;
    /// By their addresses, each with the display that was chosen for it then.
    std::map<std::string, std::optional<DisplayMapping>> tried_;
    std::vector<std::filesystem::path> predicted_;  ///< files, by their addresses
    int done_ = 0;                                  ///< images, also those that failed
    int total_ = 0;
    double seconds_ = 0;  ///< that the engine took for them
    Clock::time_point asked_;
    Worker worker_;
};

}  // namespace finebrush
