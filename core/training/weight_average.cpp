#include "core/training/weight_average.h"

#include <algorithm>

namespace finebrush::training {

WeightAverage::WeightAverage(std::vector<torch::Tensor> weights, double decay)
    : weights_(std::move(weights)), decay_(decay) {
    for (const torch::Tensor& weight : weights_) mean_.push_back(weight.detach().clone());
}

void WeightAverage::update() {
    const torch::NoGradGuard noGradient;
    ++updates_;
    const double decay = std::min(decay_, updates_ / (updates_ + 9.0));
    for (size_t i = 0; i < weights_.size(); ++i) mean_[i].lerp_(weights_[i], 1 - decay);
}

void WeightAverage::swap() {
    const torch::NoGradGuard noGradient;
    for (size_t i = 0; i < weights_.size(); ++i) {
        const torch::Tensor weight = weights_[i].clone();
        weights_[i].copy_(mean_[i]);
        mean_[i].copy_(weight);
    }
}

void WeightAverage::adopt() {
    const torch::NoGradGuard noGradient;
    for (size_t i = 0; i < weights_.size(); ++i) weights_[i].copy_(mean_[i]);
}

void WeightAverage::restore(std::vector<torch::Tensor> mean, int updates) {
    mean_ = std::move(mean);
    updates_ = updates;
}

}  // namespace finebrush::training
