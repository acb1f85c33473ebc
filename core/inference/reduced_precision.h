#pragma once

#include <torch/torch.h>

namespace finebrush {

/// While it lives, matrix products and convolutions run in bfloat16 where the processor multiplies that at
/// once (AVX-512 BF16): about 2.5 times as fast, with differences far below what a few strokes decide.
/// Elsewhere nothing changes. Adapters compute in full precision all the same.
class ReducedPrecision {
  public:
    explicit ReducedPrecision(const torch::Device& device);
    ~ReducedPrecision();
    ReducedPrecision(const ReducedPrecision&) = delete;
    ReducedPrecision& operator=(const ReducedPrecision&) = delete;

  private:
    bool before_;
};

}  // namespace finebrush
