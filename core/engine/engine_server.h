#pragma once

#include "core/engine/message_pipe.h"
#include "core/engine/model_facts.h"
#include "core/engine/prompt_server.h"
#include "core/engine/training_saver.h"
#include "core/training/adaptation.h"

#include <chrono>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// The engine behind the window: answers messages until the window closes its end. One thread owns the
/// network; while it trains, the server looks at its inbox between steps and tiles.
class EngineServer : private training::TrainingSink {
  public:
    /// Of the images that wait to be predicted thoroughly, so many bytes of pixels are kept.
    static constexpr size_t kUnrefinedBytes = size_t{256} << 20;

    /// `checkpoint` empty: the default one.
    EngineServer(MessagePipe& pipe, std::filesystem::path checkpoint,
                 size_t unrefinedBytes = kUnrefinedBytes);

    /// Serves until the window is gone.
    void run();

  private:
    using Clock = std::chrono::steady_clock;

    /// The adaptation that runs.
    struct Adaptation {
        std::optional<messages::ShowPreview> preview;  ///< predicted every few seconds
        std::deque<messages::Predict> asked;           ///< predicted once, next
        std::optional<TrainingSaver> saver;            ///< where the window gave a place
        bool stopped = false;
        bool paused = false;
        Clock::time_point started = Clock::now();
        Clock::time_point nextPreview = Clock::now();
    };

    /// Predicted quickly so far.
    struct Unrefined {
        messages::Predict request;
        int step = 0;
    };

    void progressed(messages::Stage stage, double fraction) override;
    bool shouldStop() override;
    void stepDone(const messages::StepMetrics& metrics) override;
    void modelUpdated(SegmentationModel& model, int step) override;
    bool wantsState() override;
    void stateReached(const training::TrainingState& state) override;

    void handle(const messages::ToEngine& message);
    void on(const messages::Hello& hello);
    void on(const messages::Adapt& request);
    void on(const messages::ShowPreview& request);
    void on(const messages::Predict& request);
    void on(const messages::LoadAdapter& request);
    void on(const messages::Pause&);
    void on(const messages::Resume&);
    void on(const messages::Stop&);
    void on(const messages::ResultStored&);
    void on(const messages::DescribeModels& request);
    void on(const messages::UseModel& request);
    void on(const messages::EmbedView& request) { prompts_.answer(request); }
    void on(const messages::PromptMasks& request) { prompts_.answer(request); }

    /// The steps that were made.
    Result<int> train(const messages::Adapt& request);
    /// What an interrupted training with the same request left; empty where there is nothing to go on from.
    std::optional<training::TrainingState> formerTraining();
    Result<void> loadBase(const std::string& deviceName, const std::optional<std::string>& model);
    /// The checkpoint of a model that is chosen, or the one to be used where none is.
    std::filesystem::path checkpointOf(const std::optional<std::string>& model) const;
    /// Tells what a model is, and then, once it is measured, how fast.
    void describeModel(const std::string& model);
    /// Predicts quickly, and once more and thoroughly when there is nothing else to do.
    void predictFirst(const messages::Predict& request, int step);
    /// Puts an image behind those that wait. The oldest ones go where their pixels are too many together:
    /// they keep their quick prediction until the window asks for them again.
    void refineLater(Unrefined image);
    /// Predicts thoroughly what came last, unless the model is wanted for something else meanwhile.
    void refine();
    /// False where it was told to stop.
    bool predict(SegmentationModel& model, const messages::Predict& request, int step, Care care,
                 bool isFinal);
    void fail(const Error& error, int64_t requestId = 0) { pipe_.send(messages::Failed{error, requestId}); }
    /// Of what goes wrong beside the work.
    void warn(const Error& error) { pipe_.send(messages::Warned{error}); }
    /// Predicts beside the training, which goes on where this fails: false, and said.
    bool predictBeside(SegmentationModel& model, const messages::Predict& request, int step);

    MessagePipe& pipe_;
    std::filesystem::path checkpoint_;
    PromptServer prompts_;
    sam::Sam base_{nullptr};
    std::filesystem::path baseCheckpoint_;  ///< that `base_` was loaded from
    ModelSpeeds speeds_;
    std::vector<std::string> undescribed_;  ///< models that were asked for while a training ran
    std::unique_ptr<SegmentationModel> model_;
    std::unique_ptr<Adaptation> adaptation_;
    std::deque<messages::ToEngine> waiting_;  ///< came while the model predicted
    size_t unrefinedBytes_;                   ///< that are kept
    std::deque<Unrefined> unrefined_;         ///< newest last
    bool isRefining_ = false;
    std::filesystem::path checkpointOfLast_;  ///< of the adaptation that runs, or of the last one
};

}  // namespace finebrush
