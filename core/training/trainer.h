#pragma once

#include "core/checkpoint/named_tensors.h"
#include "core/inference/adapted_model.h"
#include "core/messages/messages.h"
#include "core/training/preview/view_maps_cache.h"
#include "core/training/recipe.h"
#include "core/training/strokes.h"
#include "core/training/trained_weights.h"
#include "core/training/weight_average.h"

#include <torch/torch.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace finebrush::training {

/// Trains a model's adapter, decoder and read-outs from where they are, one image a step.
///
/// The loss is the recipe's on painted points (class-balanced cross-entropy, if nothing else is chosen), plus
/// a self-training term on unpainted ones (the cross-entropy against a teacher's sharpened, confident
/// predictions; the teacher is the running mean of the weights on the upright image), plus the balance loss
/// of the gates, plus that of a decoder's queries where it has some (`setLoss`).
class Trainer {
  public:
    /// `maps` are those of the model as it is.
    Trainer(AdaptedModel& model, TrainingSet& images, ViewMapsCache& maps,
            const std::vector<std::vector<Stroke>>& strokes, const Recipe& recipe, int steps, uint64_t seed);

    /// Does one step and tells of it.
    messages::StepMetrics step();

    /// The running mean of the weights: what predictions are made with.
    WeightAverage& average() { return average_; }

    /// All that the next steps depend on, between two steps: weights, their running mean, the optimiser's
    /// moments, what the teacher was made of, the order of the images and the random generators. Tensors
    /// share the trainer's memory.
    NamedTensors state() const;
    /// Goes on from a state of a trainer that was made alike, bit for bit on a CPU with as many threads.
    /// Throws std::logic_error or c10::Error where a value is missing or unlike, which leaves the trainer
    /// unusable.
    void restore(const NamedTensors& state);

  private:
    /// What a step looks at.
    struct Scene {
        size_t image = 0;
        Variation variation;
        std::vector<ViewCrop> crops;  ///< one a view; the first is the whole image
        torch::Tensor points;         ///< [P + U, 2] in 0..1 of the turned image: painted ones first
        torch::Tensor labels;         ///< [P] int64
        torch::Tensor weights;        ///< [P, K] for the structure loss; else undefined
        torch::Tensor teacher;        ///< [U, K] probabilities
    };

    Scene nextScene();
    void choosePoints(Scene& scene);
    /// Of the P + U points.
    PointLogits logitsOf(const Scene& scene);
    /// The loss of queries that are matched with the classes of painted points; zero without queries.
    torch::Tensor matchingLoss(const PointLogits& logits, const torch::Tensor& labels) const;
    torch::Tensor unpaintedLoss(const torch::Tensor& logits, const torch::Tensor& teacher) const;
    void teach(ViewMapsCache& maps);
    /// The same with the weights of now, which are not those that the views' maps were made with.
    void teachAnew();
    double rateFactor() const;

    AdaptedModel& model_;
    TrainingSet& images_;
    const std::vector<std::vector<Stroke>>& strokes_;
    Recipe recipe_;
    int steps_;
    int done_ = 0;
    std::mt19937_64 random_;
    std::vector<size_t> order_;
    TrainedWeights groups_;
    peft::NamedParameters weights_;  // of all groups
    std::unique_ptr<torch::optim::AdamW> optimizer_;
    WeightAverage average_;
    std::vector<torch::Tensor> teacher_;  // per image [1, K, h, w] probabilities, upright; none where no
                                          // pixel is left to teach
    std::vector<torch::Tensor> taught_;   // the weights that made the teacher; none: those of the start
};

}  // namespace finebrush::training
