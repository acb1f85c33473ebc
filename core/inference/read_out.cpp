#include "core/inference/read_out.h"

#include <cmath>

namespace finebrush {

namespace {

/// Beyond so many deviations a feature says no more; it keeps unseen images from being decided by one
/// channel.
constexpr double kClip = 5;

// The enumerations of torch::grid_sampler_2d.
constexpr int64_t kBilinear = 0;
constexpr int64_t kBorder = 1;

}  // namespace

ReadOutImpl::ReadOutImpl(const std::vector<ChannelStatistics>& statistics, int64_t classes) {
    std::vector<torch::Tensor> means;
    std::vector<torch::Tensor> scales;
    for (const ChannelStatistics& group : statistics) {
        channels_.push_back(group.mean.size(0));
        means.push_back(group.mean);
        scales.push_back(group.scale);
    }
    mean = register_buffer("mean", torch::cat(means));
    scale = register_buffer("scale", torch::cat(scales));
    weight = register_parameter("weight", torch::zeros({classes, mean.size(0)}, mean.options()));
    bias = register_parameter("bias", torch::zeros({classes}, mean.options()));
}

torch::Tensor ReadOutImpl::standardised(const torch::Tensor& map, int64_t firstChannel) const {
    const int64_t last = firstChannel + map.size(1);
    const torch::Tensor groupScale = scale.slice(0, firstChannel, last).view({1, -1, 1, 1});
    const torch::Tensor centred = map - mean.slice(0, firstChannel, last).view({1, -1, 1, 1});
    const double limit = kClip / std::sqrt(static_cast<double>(map.size(1)));
    return (centred * groupScale).clamp(-limit, limit);
}

torch::Tensor ReadOutImpl::forward(const std::vector<torch::Tensor>& maps, PixelSize size) {
    torch::Tensor logits = bias.view({1, -1, 1, 1});
    int64_t first = 0;
    for (const torch::Tensor& map : maps) {
        const torch::Tensor kernel = weight.slice(1, first, first + map.size(1)).unsqueeze(-1).unsqueeze(-1);
        const torch::Tensor coarse = torch::conv2d(standardised(map, first), kernel);  // [B, K, hᵢ, wᵢ]
        logits = logits + torch::upsample_bilinear2d(coarse, {size.height, size.width}, false);
        first += map.size(1);
    }
    return logits;  // [B, K, H, W]
}

torch::Tensor ReadOutImpl::sample(const std::vector<torch::Tensor>& maps, const torch::Tensor& points) const {
    std::vector<torch::Tensor> parts;
    int64_t first = 0;
    for (const torch::Tensor& map : maps) {
        parts.push_back(sampledAt(standardised(map, first), points));
        first += map.size(1);
    }
    return torch::cat(parts, 1);  // [N, ΣCᵢ]
}

void ReadOutImpl::setWeights(const torch::Tensor& newWeight, const torch::Tensor& newBias) {
    const torch::NoGradGuard noGradient;
    weight.copy_(newWeight);
    bias.copy_(newBias);
}

torch::Tensor sampledAt(const torch::Tensor& map, const torch::Tensor& points) {
    const torch::Tensor grid = (points * 2 - 1).view({1, 1, -1, 2});
    return torch::grid_sampler_2d(map, grid, kBilinear, kBorder, false).squeeze(2).squeeze(0).t();
}

void StatisticsCollector::add(const torch::Tensor& values) {
    const torch::Tensor precise = values.to(torch::kFloat64);
    const torch::Tensor sum = precise.sum(0);
    const torch::Tensor squares = precise.square().sum(0);
    sum_ = sum_.defined() ? sum_ + sum : sum;
    squares_ = squares_.defined() ? squares_ + squares : squares;
    count_ += values.size(0);
}

ChannelStatistics StatisticsCollector::result() const {
    const torch::Tensor mean = sum_ / count_;
    const torch::Tensor deviation = (squares_ / count_ - mean.square()).clamp_min(0).sqrt() + 1e-6;
    const double groupWeight = 1 / std::sqrt(static_cast<double>(mean.size(0)));
    return {mean.to(torch::kFloat32), (groupWeight / deviation).to(torch::kFloat32)};
}

}  // namespace finebrush
