#include "core/training/training_loop.h"

#include "core/training/checkpoint/trainer_state.h"
#include "core/training/trained_weights.h"

#include <chrono>
#include <stdexcept>
#include <string>

namespace finebrush::training {

namespace {

using Clock = std::chrono::steady_clock;
using messages::Stage;

}  // namespace

TrainingLoop::TrainingLoop(Trainer& trainer, AdaptedModel& model, const TrainingRequest& request,
                           const Validation& validation, int steps, TrainingSink& sink)
    : trainer_(trainer),
      model_(model),
      request_(request),
      validation_(validation),
      steps_(steps),
      sink_(sink),
      weights_(TrainedWeights(model).all()) {}

Result<void> TrainingLoop::resume(const TrainingState& former) {
    const auto mismatch = [](const std::string& reason) {
        return failure(ErrorCode::CheckpointMismatch, {"the training's state", reason});
    };
    try {
        trainer_.restore(former.trainer);
        state_.metrics = former.metrics;
        state_.seconds = former.seconds;
        if (bestStep() > 0) best_ = valuesIn(former.trainer, "best", weights_);
    } catch (const c10::OutOfMemoryError&) {
        throw;
    } catch (const c10::Error& problem) {
        return mismatch(problem.what_without_backtrace());
    } catch (const std::logic_error& problem) {
        return mismatch(problem.what());
    }
    for (const messages::StepMetrics& metrics : state_.metrics) sink_.stepDone(metrics);
    return {};
}

void TrainingLoop::run() {
    const auto begin = Clock::now();
    const double secondsBefore = state_.seconds;
    const auto countTime = [&] {
        state_.seconds = secondsBefore + std::chrono::duration<double>(Clock::now() - begin).count();
    };
    for (countTime(); mayGoOn() && !sink_.shouldStop(); countTime()) {
        messages::StepMetrics metrics = trainer_.step();
        if (isValidationDue(metrics.step)) metrics.validationScore = validate();
        state_.metrics.push_back(std::move(metrics));
        sink_.stepDone(state_.metrics.back());
        sink_.progressed(Stage::Training,
                         kTrainingBegins + (kChoosingBegins - kTrainingBegins) * steps() / steps_);
        {
            const WeightAverage::Swapped averaged(trainer_.average());
            sink_.modelUpdated(model_, steps());
        }
        if (!sink_.wantsState()) continue;
        countTime();
        tellState();
    }
    if (best_.empty()) {
        trainer_.average().adopt();
    } else {
        const torch::NoGradGuard noGradient;
        for (size_t i = 0; i < best_.size(); ++i) weights_[i].value().copy_(best_[i]);
    }
}

int TrainingLoop::bestStep() const {
    const messages::StepMetrics* best = nullptr;
    for (const messages::StepMetrics& metrics : state_.metrics) {
        if (!metrics.validationScore) continue;
        if (!best || *metrics.validationScore > *best->validationScore) best = &metrics;
    }
    return best ? best->step : 0;
}

bool TrainingLoop::isOutOfPatience() const {
    if (request_.options.patience == 0) return false;
    int since = 0;
    const int best = bestStep();
    for (const messages::StepMetrics& metrics : state_.metrics) {
        if (metrics.step > best && metrics.validationScore) ++since;
    }
    return since >= request_.options.patience;
}

bool TrainingLoop::mayGoOn() const {
    const double limit = request_.settings.minutes * 60;
    return steps() < steps_ && (limit <= 0 || state_.seconds < limit) && !isOutOfPatience();
}

bool TrainingLoop::isValidationDue(int step) const {
    return !validation_.isEmpty() && (step % request_.options.validationSteps == 0 || step == steps_);
}

double TrainingLoop::validate() {
    const WeightAverage::Swapped averaged(trainer_.average());
    const double score = validation_.score(model_);
    const int best = bestStep();
    if (best == 0 || score > *state_.metrics[static_cast<size_t>(best) - 1].validationScore) {
        best_.clear();
        for (const auto& weight : weights_) best_.push_back(weight.value().detach().clone());
    }
    return score;
}

void TrainingLoop::tellState() {
    state_.trainer = trainer_.state();
    putValues(state_.trainer, "best", weights_, best_);
    sink_.stateReached(state_);
}

}  // namespace finebrush::training
