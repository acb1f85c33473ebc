#pragma once

namespace finebrush::training {

/// What of an adaptation only the command line chooses: how it is watched, for many labelled images, and how
/// fast it learns.
struct TrainingOptions {
    /// Of the labelled images, held out whole to judge by; 0: some strokes are held out instead.
    double validationShare = 0;
    int validationSteps = 10;  ///< between two validations
    int patience = 0;  ///< validations without a better one that end the training; 0: as many as there are
    double adapterRate = 0;  ///< AdamW's learning rate of the adapter; 0: the recipe's
    bool operator==(const TrainingOptions&) const = default;
};

}  // namespace finebrush::training
