#pragma once

#include <torch/torch.h>

#include <vector>

namespace finebrush::training {

/// The running mean of weights while they are trained (Polyak averaging with exponential decay). Early steps
/// weigh less, as in a plain mean, so that the start is forgotten soon.
class WeightAverage {
  public:
    WeightAverage(std::vector<torch::Tensor> weights, double decay);

    /// After each step.
    void update();

    /// Puts the mean in place of the weights, and the weights back when it is destroyed.
    class Swapped {
      public:
        explicit Swapped(WeightAverage& average) : average_(average) { average_.swap(); }
        ~Swapped() { average_.swap(); }
        Swapped(const Swapped&) = delete;
        Swapped& operator=(const Swapped&) = delete;

      private:
        WeightAverage& average_;
    };

    /// Makes the weights the mean for good.
    void adopt();

    /// The mean as it is, one value a weight, and after how many updates.
    const std::vector<torch::Tensor>& mean() const { return mean_; }
    int updates() const { return updates_; }
    /// Goes on from such a mean.
    void restore(std::vector<torch::Tensor> mean, int updates);

  private:
    void swap();

    std::vector<torch::Tensor> weights_;
    std::vector<torch::Tensor> mean_;
    double decay_;
    int updates_ = 0;
};

}  // namespace finebrush::training
