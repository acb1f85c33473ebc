#pragma once

#include "core/base/result.h"
#include "core/inference/segmentation_model.h"
#include "core/inference/work_monitor.h"
#include "core/messages/messages.h"
#include "core/sam/sam.h"
#include "core/training/checkpoint/training_state.h"
#include "core/training/recipe.h"
#include "core/training/training_options.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace finebrush::training {

/// An adapter that an adaptation goes on from, see `peft::startFrom`.
struct StartAdapter {
    messages::AdapterFiles files;
    std::string source;  ///< names it in errors
};

/// What an adaptation learns from: a copy, so that the person may go on painting.
struct TrainingRequest {
    messages::AdaptationSettings settings;
    std::vector<messages::ClassInfo> classes;
    std::vector<messages::LabelledImage> images;
    TrainingOptions options = {};
    std::optional<StartAdapter> start = {};  ///< nothing: a fresh adapter
};

/// Receives what an adaptation does, on the thread that trains.
class TrainingSink : public WorkMonitor {
  public:
    virtual void stepDone(const messages::StepMetrics& metrics) = 0;
    /// The model has changed: `step` 0 is the instant preview, then after each training step. It may be used
    /// for predictions until this returns.
    virtual void modelUpdated(SegmentationModel& model, int step) = 0;

    /// Asked after each step: whether `stateReached` shall tell where the training is.
    virtual bool wantsState() { return false; }
    virtual void stateReached(const TrainingState&) {}
};

/// The end of an adaptation.
struct TrainedModel {
    std::unique_ptr<SegmentationModel> model;
    messages::Adapted report;  ///< with the adapter's files
    int validationImages = 0;  ///< that the scores are of; 0: they are of held-out strokes
    int bestStep = 0;          ///< after which these were told apart best; 0 where there are none
    int whollyPainted = 0;     ///< images that were trained on and have a class on every pixel
    int mostSteps = 0;         ///< after which the training ends at the latest
};

/// Checks that a request can be learned from: something painted, at least two classes of the class list,
/// labels of each image's own size, an image to spare where one shall be held out. Errors: NoStrokes,
/// OneClassOnly, LabelsUnknownClass, LabelsValueOutOfRange, LabelsSizeMismatch, OptionInvalid.
Result<void> checkRequest(const TrainingRequest& request);

/// Adapts a base network to painted images by the product's recipe (`core/training/README.md`). A plain
/// function: no thread, no process, no file. The same request, thread count and build give the same result,
/// bit for bit, on a CPU. The base network is lent to the model that comes back.
///
/// With `former`, a state that an earlier call with the same request told, the training goes on from there,
/// to the same result; the sink hears of the earlier steps again. Errors: those of `checkRequest` and
/// `peft::startFrom`, OptionInvalid, and CheckpointMismatch where the state is of another training.
Result<TrainedModel> adapt(const TrainingRequest& request, const sam::Sam& base, TrainingSink& sink,
                           const Recipe& recipe = {}, const TrainingState* former = nullptr);

}  // namespace finebrush::training
