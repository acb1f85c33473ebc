#pragma once

#include "core/inference/adapted_model.h"
#include "core/training/adaptation.h"
#include "core/training/trainer.h"
#include "core/training/validation.h"

#include <vector>

namespace finebrush::training {

/// Of the whole bar, what is done when training begins and when it ends; it is by far the longest stage.
inline constexpr double kTrainingBegins = 0.12;
inline constexpr double kChoosingBegins = 0.97;

/// Drives a trainer: tells the sink of each step, validates now and then, and ends in time.
class TrainingLoop {
  public:
    TrainingLoop(Trainer& trainer, AdaptedModel& model, const TrainingRequest& request,
                 const Validation& validation, int steps, TrainingSink& sink);

    /// Brings trainer and loop to where others were, and tells of the steps until there.
    /// Errors: CheckpointMismatch.
    Result<void> resume(const TrainingState& former);

    /// Trains until the steps are done, the time or the patience is over, or the person asks to stop. Leaves
    /// the model with the running mean of the weights; where there was a validation, with those that were
    /// best then.
    void run();

    /// Steps done, those before an interruption included.
    int steps() const { return state_.step(); }
    /// The step after which the validation was best; 0 where there was none.
    int bestStep() const;
    /// Whether the patience was over.
    bool isOutOfPatience() const;

  private:
    bool mayGoOn() const;
    bool isValidationDue(int step) const;
    double validate();
    void tellState();

    Trainer& trainer_;
    AdaptedModel& model_;
    const TrainingRequest& request_;
    const Validation& validation_;
    int steps_;
    TrainingSink& sink_;
    TrainingState state_;
    peft::NamedParameters weights_;
    std::vector<torch::Tensor> best_;  // their values at the best validation
};

}  // namespace finebrush::training
