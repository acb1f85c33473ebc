#pragma once

#include "core/messages/messages.h"
#include "core/sam/adaptable_linear.h"
#include "core/sam/image_encoder.h"

#include <torch/torch.h>

#include <optional>
#include <vector>

namespace finebrush::peft {

/// The shape of a low-rank adapter.
struct LowRankShape {
    int64_t inFeatures = 0;
    int64_t outFeatures = 0;
    int64_t rank = 4;
    double alpha = 8;
    torch::Tensor outputs = {};  ///< [out] of 1 and 0: which it adds to; undefined: all
};

/// What LoRA and its kin have in common (Hu et al. 2021, arXiv 2106.09685): x is brought down to r channels,
/// something is done with them, and they are brought up again and added to y, times α/r.
struct LowRankAdapter : sam::LinearAdapter {
    explicit LowRankAdapter(const LowRankShape& shape);

    /// How many of the parameters stay at zero, since their outputs are not added to.
    int64_t idleParameterCount() const;

    torch::Tensor lora_A;  ///< [r, in]
    torch::Tensor lora_B;  ///< [out, r]; zero at first, so that a fresh layer changes nothing

  protected:
    /// low [tokens, r], y [tokens, out] → y + low·Bᵀ·α/r, in place.
    torch::Tensor addTo(torch::Tensor y, const torch::Tensor& low) const;

  private:
    double scale_;
    torch::Tensor outputs_;  ///< [out, 1], or undefined
};

/// A layer that gets a low-rank adapter.
struct LowRankPlace {
    sam::AdaptableLayer layer;
    LowRankShape shape;
};

/// The layers that settings choose, from the input on.
std::vector<LowRankPlace> lowRankPlaces(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings);

/// At how many times the detail each expert works.
std::vector<int> expertScales(const messages::AdaptationSettings& settings);

/// How many experts these scales are of; without scales, as many as the settings say.
int expertCount(const messages::AdaptationSettings& settings);

/// What is wrong with the choice of layers and scales, if anything: OptionInvalid.
std::optional<Error> problemOfPlaces(const sam::ImageEncoder& encoder,
                                     const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
