#include "core/training/losses.h"

#include "core/base/pixel_buffer.h"

namespace finebrush {

namespace F = torch::nn::functional;

torch::Tensor structureLoss(const torch::Tensor& logits, const torch::Tensor& target) {
    constexpr int64_t kNeighbourhood = 31;  // px, within which a pixel may differ from its surroundings
    const std::vector<int64_t> perImage = {2, 3};
    const torch::Tensor surroundings = torch::avg_pool2d(target, kNeighbourhood, 1, kNeighbourhood / 2);
    const torch::Tensor weight = 1 + 5 * (surroundings - target).abs();  // [B, 1, H, W]
    const torch::Tensor crossEntropy = torch::binary_cross_entropy_with_logits(logits, target);   // scalar
    const torch::Tensor weighted = (weight * crossEntropy).sum(perImage) / weight.sum(perImage);  // [B, 1]

    const torch::Tensor probability = torch::sigmoid(logits);
    const torch::Tensor intersection = (probability * target * weight).sum(perImage);  // [B, 1]
    const torch::Tensor both = ((probability + target) * weight).sum(perImage);        // [B, 1]
    const torch::Tensor iou = (intersection + 1) / (both - intersection + 1);
    return (weighted + 1 - iou).mean();
}

torch::Tensor partialCrossEntropy(const torch::Tensor& logits, const torch::Tensor& labels,
                                  const torch::Tensor& classWeights) {
    const torch::Tensor targets = labels.to(torch::kInt64);
    if (!targets.ne(kUnlabelled).any().item<bool>()) return logits.sum() * 0;
    return F::cross_entropy(logits, targets,
                            F::CrossEntropyFuncOptions().weight(classWeights).ignore_index(kUnlabelled));
}

}  // namespace finebrush
