#pragma once

#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

#include <utility>

namespace finebrush::peft {

/// What a linear layer multiplies with and adds.
struct LinearWeights {
    torch::Tensor weight;  ///< [out, in]
    torch::Tensor bias;    ///< [out]
};

/// Other weights of a linear layer; at the end it has its own again.
class LentWeights {
  public:
    LentWeights(sam::AdaptableLinear linear, const LinearWeights& lent)
        : linear_(std::move(linear)), own_{linear_->weight.detach(), linear_->bias.detach()} {
        give(lent);
    }
    LentWeights(const LentWeights&) = delete;
    LentWeights& operator=(const LentWeights&) = delete;
    ~LentWeights() { give(own_); }

  private:
    void give(const LinearWeights& weights) {
        linear_->weight.set_data(weights.weight);
        linear_->bias.set_data(weights.bias);
    }

    sam::AdaptableLinear linear_;
    LinearWeights own_;
};

}  // namespace finebrush::peft
