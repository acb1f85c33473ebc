#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/sam/image_encoder.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace finebrush::peft {

/// SAM-Adapter (Chen et al. 2023, arXiv 2304.09148, eq. 1-2): task features F = F_pe + F_hfc, and to each
/// block's input is added Pᵢ = up(GELU(tuneᵢ(F))). F_pe comes from the patch embedding, here the stem's map;
/// F_hfc from the high frequencies, here of the stem's map as well (what its local mean leaves), since the
/// image itself is not kept. The paper shares `up` among all blocks; here it is shared among blocks of one
/// width, TinyViT having several.
struct SamAdapterImpl : torch::nn::Module, sam::EncoderAdapter {
    SamAdapterImpl(const std::vector<sam::EncoderBlock>& blocks, int64_t width);

    void begin(const torch::Tensor& stemMap) override;
    torch::Tensor beforeBlock(size_t index, const torch::Tensor& x) override;

    torch::nn::Linear patch_features{nullptr};      ///< the stem's channels to the width
    torch::nn::Linear frequency_features{nullptr};  ///< the stem's channels to the width
    torch::nn::ModuleList tune;                     ///< one a block, of the width
    torch::nn::ModuleList up;                       ///< one a width of blocks; zero at first

  private:
    std::vector<size_t> upOfBlock_;  ///< which of `up` serves a block
    torch::Tensor features_;         ///< [B, width, H, W] of this pass
};
TORCH_MODULE(SamAdapter);

/// SAM-Adapter with task features 8 times as wide as the rank.
std::unique_ptr<AdapterMethod> makeSamAdapter(const sam::ImageEncoder& encoder,
                                              const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
