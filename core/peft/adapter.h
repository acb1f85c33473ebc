#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

#include <memory>

namespace finebrush::peft {

/// A bottleneck behind a layer (Houlsby et al. 2019, arXiv 1902.00751, fig. 2): y + up(GELU(down(y))).
struct BottleneckImpl : sam::LinearAdapter {
    BottleneckImpl(int64_t features, int64_t width);
    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;

    torch::nn::Linear adapter_down{nullptr};
    torch::nn::Linear adapter_up{nullptr};  ///< zero at first
};
TORCH_MODULE(Bottleneck);

/// Bottlenecks as wide as the rank behind the attention and the MLP of every block, before their outputs join
/// the rest.
std::unique_ptr<AdapterMethod> makeAdapter(const sam::ImageEncoder& encoder,
                                           const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
