#include "core/inference/published_model.h"

#include "core/inference/network_input.h"
#include "core/inference/reduced_precision.h"
#include "core/peft/files/foreign_adapter.h"

#include <utility>

namespace finebrush {

namespace {

/// Keeps the scores of a pixel that no query covers from being divided by zero.
constexpr double kLeastScore = 1e-12;

}  // namespace

PublishedModel::PublishedModel(std::unique_ptr<peft::AdaptedSam> network, messages::AdapterFiles files)
    : network_(std::move(network)), files_(std::move(files)) {
    const bool isOneMask = !network_->decoder()->hasClassHead();
    classes_ = peft::numberedClasses(files_, isOneMask ? 2 : network_->classCount());
    if (isOneMask) {
        classes_[0].name = "Background";
        classes_[1].name = "Foreground";
    }
    network_->setTraining(false);
}

torch::Tensor PublishedModel::scores(const torch::Tensor& image) {
    sam::MultiClassDecoder decoder = network_->decoder();
    sam::ClassQueries found;
    {
        const ReducedPrecision fast(network_->device());
        const torch::Tensor input = network_->base()->normalised(image.to(network_->device()));
        const torch::Tensor embedding = network_->encode(network_->frozenPart(input)).embedding;
        if (decoder->hasClassHead()) {
            found = decoder->queries(embedding);
        } else {
            found.masks = decoder(embedding);
        }
    }
    found.masks = torch::upsample_bilinear2d(found.masks.to(torch::kFloat32), {image.size(2), image.size(3)},
                                             /*align_corners=*/false);
    if (decoder->hasClassHead()) return sam::semanticScores(found);
    const torch::Tensor covered = found.masks.slice(1, 0, 1).sigmoid();
    return torch::cat({1 - covered, covered}, 1);
}

torch::Tensor PublishedModel::probabilities(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    const int side = static_cast<int>(network_->base()->description.encoder.inputSize);
    const InputRange range = appliedRange(inputRange_, pixels);
    const torch::Tensor image = networkInput(scaledColours(pixels, range), {side, side}, range).unsqueeze(0);
    torch::Tensor sum;
    const auto looks = flipsOf(care);
    for (const std::vector<int64_t>& sides : looks) {
        if (monitor.shouldStop()) return {};
        const torch::Tensor upright = scores(image.flip(sides)).flip(sides);
        sum = sum.defined() ? sum.add_(upright) : upright;
    }
    const torch::Tensor here =
        torch::upsample_bilinear2d(sum, {pixels.size.height, pixels.size.width}, /*align_corners=*/false);
    return (here / here.sum(1, true).clamp_min(kLeastScore)).squeeze(0);  // [K, H, W]
}

}  // namespace finebrush
