#pragma once

#include "core/base/geometry.h"

#include <torch/torch.h>

#include <vector>

namespace finebrush {

/// Mean and inverse deviation of each channel of a group of maps.
struct ChannelStatistics {
    torch::Tensor mean;  ///< [C] float
    torch::Tensor
        scale;  ///< [C] float, 1 / (deviation · sqrt(C)): every group weighs alike, whatever its channels
};

/// A linear classifier on maps of several depths and resolutions: standardised channels, clipped, times a
/// weight for each class. A linear map commutes with bilinear interpolation, so each group is classified at
/// its own resolution and only its K logits are brought to the common one.
struct ReadOutImpl : torch::nn::Module {
    /// `statistics` has one entry a group; the classifier starts at zero.
    ReadOutImpl(const std::vector<ChannelStatistics>& statistics, int64_t classes);

    /// maps [B, Cᵢ, hᵢ, wᵢ] → logits [B, K, size.height, size.width].
    torch::Tensor forward(const std::vector<torch::Tensor>& maps, PixelSize size);

    /// maps [1, Cᵢ, hᵢ, wᵢ] at points [N, 2] (x, y in 0..1 of the view) → standardised features [N, ΣCᵢ], on
    /// which `setWeights` fits.
    torch::Tensor sample(const std::vector<torch::Tensor>& maps, const torch::Tensor& points) const;

    /// weight [K, ΣCᵢ] and bias [K], fitted to what `sample` gives.
    void setWeights(const torch::Tensor& weight, const torch::Tensor& bias);

    /// ΣCᵢ.
    int64_t featureCount() const { return weight.size(1); }

    torch::Tensor mean;    ///< [ΣCᵢ], fixed
    torch::Tensor scale;   ///< [ΣCᵢ], fixed
    torch::Tensor weight;  ///< [K, ΣCᵢ]
    torch::Tensor bias;    ///< [K]

  private:
    torch::Tensor standardised(const torch::Tensor& map, int64_t firstChannel) const;

    std::vector<int64_t> channels_;
};
TORCH_MODULE(ReadOut);

/// Values of [1, C, h, w] at points [N, 2] (x, y in 0..1, pixel centres at (i + ½) / side): [N, C]. Bilinear;
/// the border goes on beyond itself.
torch::Tensor sampledAt(const torch::Tensor& map, const torch::Tensor& points);

/// Collects the statistics of a group over points of several images.
class StatisticsCollector {
  public:
    /// values [N, C].
    void add(const torch::Tensor& values);
    ChannelStatistics result() const;

  private:
    torch::Tensor sum_;      // [C] double
    torch::Tensor squares_;  // [C] double
    int64_t count_ = 0;
};

}  // namespace finebrush
