#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/sam/image_encoder.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace finebrush::peft {

/// The side network of ladder side tuning (Sung et al. 2022, arXiv 2206.06522, §3.2): a thin network beside
/// the frozen encoder that climbs its stages, at each step mixing what it has with the stage's map by a
/// learned gate, and adds what it arrives at to the embedding. The gradient never enters the encoder.
///
/// It departs from the paper in that it has a rung a stage instead of one a block, and between them a
/// depthwise convolution with random weights instead of a shrunken block with weights pruned from the
/// encoder's (§3.3), no temperature in the gate, and what it arrives at does not replace the embedding.
struct LadderImpl : torch::nn::Module, sam::EncoderAdapter {
    /// `stageChannels`: of the encoder's stages, from the stem's on; `width`: of the side network.
    LadderImpl(const std::vector<int64_t>& stageChannels, int64_t embeddingChannels, int64_t width);

    torch::Tensor embedding(const sam::EncoderOutput& output) override;

    torch::nn::ModuleList rungs;     ///< one a stage: Conv2d 1×1 to the side network's width
    torch::nn::ModuleList steps;     ///< one a stage: Conv2d 3×3, depthwise
    torch::Tensor gates;             ///< [stages]; the sigmoid is the share of what the side network has
    torch::nn::Conv2d top{nullptr};  ///< 1×1 to the embedding's channels; zero at first
};
TORCH_MODULE(Ladder);

/// Ladder side tuning; the side network is 8 times the rank wide.
std::unique_ptr<AdapterMethod> makeLst(const sam::ImageEncoder& encoder,
                                       const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
