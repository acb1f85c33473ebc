#pragma once

namespace finebrush::training {

/// How an adaptation is watched: on the command line, for many labelled images.
struct TrainingOptions {
    /// Of the labelled images, held out whole to judge by; 0: some strokes are held out instead.
    double validationShare = 0;
    int validationSteps = 10;  ///< between two validations
    int patience = 0;  ///< validations without a better one that end the training; 0: as many as there are
    bool operator==(const TrainingOptions&) const = default;
};

}  // namespace finebrush::training
