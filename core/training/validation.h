#pragma once

#include "core/inference/segmentation_model.h"
#include "core/messages/messages.h"

#include <cstdint>
#include <vector>

namespace finebrush::training {

/// Images that an adaptation does not learn from but is judged by.
class Validation {
  public:
    /// Chooses about `share` of the painted images by a seed: at least one, and never all. None for a share
    /// of 0. The images must outlive this.
    Validation(const std::vector<messages::LabelledImage>& images, double share, uint64_t seed);

    bool isEmpty() const { return images_.empty(); }
    size_t size() const { return images_.size(); }
    /// Whether an image, by its address, is one of them.
    bool holds(const messages::LabelledImage& image) const;

    /// The mean IoU over classes of a model as it is, over all labelled pixels of the images.
    double score(SegmentationModel& model) const;

  private:
    std::vector<const messages::LabelledImage*> images_;
};

}  // namespace finebrush::training
