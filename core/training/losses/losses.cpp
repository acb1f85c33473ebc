#include "core/training/losses/losses.h"

#include "core/base/pixel_buffer.h"

namespace finebrush {

namespace F = torch::nn::functional;

torch::Tensor structureLoss(const torch::Tensor& logits, const torch::Tensor& target) {
    constexpr int64_t kNeighbourhood = 31;  // px, within which a pixel may differ from its surroundings
    const torch::Tensor surroundings = torch::avg_pool2d(target, kNeighbourhood, 1, kNeighbourhood / 2);
    const torch::Tensor weight = 1 + 5 * (surroundings - target).abs();  // [B, 1, H, W]
    return weightedStructureLoss(logits.flatten(1), target.flatten(1), weight.flatten(1));
}

torch::Tensor weightedStructureLoss(const torch::Tensor& logits, const torch::Tensor& target,
                                    const torch::Tensor& weight) {
    const torch::Tensor crossEntropy = torch::binary_cross_entropy_with_logits(logits, target);  // scalar
    const torch::Tensor weighted = (weight * crossEntropy).sum(1) / weight.sum(1);               // [C]

    const torch::Tensor probability = torch::sigmoid(logits);
    const torch::Tensor intersection = (probability * target * weight).sum(1);  // [C]
    const torch::Tensor both = ((probability + target) * weight).sum(1);        // [C]
    const torch::Tensor iou = (intersection + 1) / (both - intersection + 1);
    return (weighted + 1 - iou).mean();
}

torch::Tensor diceLoss(const torch::Tensor& logits, const torch::Tensor& target) {
    const torch::Tensor probability = torch::sigmoid(logits);
    const torch::Tensor both = (probability * target).sum(1);      // [C]
    const torch::Tensor sum = probability.sum(1) + target.sum(1);  // [C]
    return (1 - (2 * both + 1) / (sum + 1)).mean();
}

torch::Tensor balancedBinaryCrossEntropy(const torch::Tensor& logits, const torch::Tensor& target) {
    const torch::Tensor each = F::binary_cross_entropy_with_logits(
        logits, target, F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));  // [C, P]
    const auto meanOver = [&](const torch::Tensor& side) {
        return (each * side).sum(1) / side.sum(1).clamp_min(1);  // [C]
    };
    const torch::Tensor outside = 1 - target;
    const torch::Tensor sides =
        target.sum(1).gt(0).to(torch::kFloat32) + outside.sum(1).gt(0).to(torch::kFloat32);  // [C]
    return ((meanOver(target) + meanOver(outside)) / sides).mean();
}

torch::Tensor partialCrossEntropy(const torch::Tensor& logits, const torch::Tensor& labels,
                                  const torch::Tensor& classWeights) {
    const torch::Tensor targets = labels.to(torch::kInt64);
    if (!targets.ne(kUnlabelled).any().item<bool>()) return logits.sum() * 0;
    return F::cross_entropy(logits, targets,
                            F::CrossEntropyFuncOptions().weight(classWeights).ignore_index(kUnlabelled));
}

}  // namespace finebrush
