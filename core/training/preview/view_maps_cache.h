#pragma once

#include "core/training/training_set.h"

#include <map>
#include <utility>

namespace finebrush::training {

/// What the network, as it is now, makes of the training images. That of the images as they are is computed
/// once and kept within a budget. Valid until a weight of the network changes.
class ViewMapsCache {
  public:
    ViewMapsCache(peft::AdaptedSam& network, TrainingSet& images, const ViewPlan& plan);

    /// Without a gradient.
    ViewMaps at(size_t image, size_t view, Variation variation = {});

    const ViewPlan& plan() const { return plan_; }
    const TrainingSet& images() const { return images_; }
    torch::Device device() const { return network_.device(); }

  private:
    peft::AdaptedSam& network_;
    TrainingSet& images_;
    ViewPlan plan_;
    std::map<std::pair<size_t, size_t>, ViewMaps> kept_;  // by image and view, those that there was room for
    int64_t keptBytes_ = 0;
};

}  // namespace finebrush::training
