#pragma once

#include "core/inference/segmentation_model.h"
#include "core/peft/files/adapter_file.h"

#include <memory>
#include <string>
#include <vector>

namespace finebrush {

/// A model that AutoGluon trained: the adapted network and its decoder alone, as the Conv-LoRA paper
/// publishes it. An image is squeezed to the square that the network takes, without keeping its proportions.
/// Several classes are proposed by queries (`sam::semanticScores`); with one mask the classes are background
/// and what the mask covers. Care `Quick` is what AutoGluon computes; it shrinks by Pillow's bicubic filter,
/// we by area.
class PublishedModel : public SegmentationModel {
  public:
    /// `files` are what the network was loaded from.
    PublishedModel(std::unique_ptr<peft::AdaptedSam> network, messages::AdapterFiles files);

    const std::vector<messages::ClassInfo>& classes() const override { return classes_; }
    const InputRange& inputRange() const override { return inputRange_; }
    void setInputRange(const InputRange& range) override { inputRange_ = range; }
    torch::Tensor probabilities(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) override;
    messages::AdapterFiles toFiles() const override { return files_; }

  private:
    /// image [1, 3, S, S] in 0..1 → how much each class is, [1, K, S, S].
    torch::Tensor scores(const torch::Tensor& image);

    std::unique_ptr<peft::AdaptedSam> network_;
    messages::AdapterFiles files_;
    std::vector<messages::ClassInfo> classes_;
    InputRange inputRange_{InputRange::Kind::Displayed, 0, 0};  // it was trained on 8-bit pictures
};

}  // namespace finebrush
