#pragma once

#include "core/checkpoint/named_tensors.h"
#include "core/messages/messages.h"

#include <vector>

namespace finebrush::training {

/// A training between two steps: with the request, all that it takes to go on as if nothing had happened.
/// What comes before the first step (preview, held-out strokes) follows from the request and is made again.
struct TrainingState {
    NamedTensors trainer;                        ///< what `Trainer::state` gives
    std::vector<messages::StepMetrics> metrics;  ///< of all steps so far
    double seconds = 0;                          ///< that they took

    int step() const { return static_cast<int>(metrics.size()); }
};

}  // namespace finebrush::training
