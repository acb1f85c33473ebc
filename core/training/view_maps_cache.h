#pragma once

#include "core/training/training_set.h"

#include <vector>

namespace finebrush::training {

/// What the network, as it is now, makes of the upright training images, computed once and kept within a
/// budget. Valid until a weight of the network changes.
class ViewMapsCache {
  public:
    ViewMapsCache(peft::AdaptedSam& network, TrainingSet& images, const ViewPlan& plan);

    /// Without a gradient.
    ViewMaps at(size_t image, size_t view);

    const ViewPlan& plan() const { return plan_; }
    const TrainingSet& images() const { return images_; }
    torch::Device device() const { return network_.device(); }

  private:
    peft::AdaptedSam& network_;
    TrainingSet& images_;
    ViewPlan plan_;
    std::vector<std::vector<ViewMaps>> kept_;  // [view][image]; no maps where there was no room
    int64_t keptBytes_ = 0;
};

}  // namespace finebrush::training
