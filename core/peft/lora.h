#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

#include <memory>

namespace finebrush::peft {

/// LoRA (Hu et al. 2021, arXiv 2106.09685, eq. 3): y = W0·x + B·A·x·α/r.
struct LoraImpl : sam::LinearAdapter {
    LoraImpl(int64_t inFeatures, int64_t outFeatures, int64_t rank, double alpha);

    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;

    torch::Tensor lora_A;  ///< [r, in]
    torch::Tensor lora_B;  ///< [out, r]; zero at first

  private:
    double scale_;
};
TORCH_MODULE(Lora);

/// LoRA in the qkv of every attention.
std::unique_ptr<AdapterMethod> makeLora(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
