#include "core/training/losses/painted_loss.h"

#include "core/training/losses/losses.h"
#include "core/training/preview/linear_fit.h"

#include <opencv2/imgproc.hpp>

namespace finebrush::training {

namespace {

namespace F = torch::nn::functional;
using messages::PaintedLoss;

/// Side of the neighbourhood of the structure loss, px.
constexpr int kNeighbourhood = 31;

torch::Tensor oneHot(const torch::Tensor& labels, int64_t classes) {
    return torch::one_hot(labels, classes).to(torch::kFloat32);
}

torch::Tensor crossEntropyOfEach(const torch::Tensor& logits, const torch::Tensor& labels) {
    return F::cross_entropy(logits, labels, F::CrossEntropyFuncOptions().reduction(torch::kNone));
}

/// Lin et al. 2017 (arXiv 1708.02002), eq. 4 with γ = 2, class-balanced.
torch::Tensor focalLoss(const torch::Tensor& logits, const torch::Tensor& labels) {
    const torch::Tensor each = crossEntropyOfEach(logits, labels);  // -log p of the right class, [P]
    const torch::Tensor missing = 1 - torch::exp(-each);
    return (missing.square() * each * classBalancedWeights(labels, logits.size(1))).mean();
}

/// Of each class, the logit of its probability against the rest: [P, K].
torch::Tensor againstTheRest(const torch::Tensor& logits) {
    const torch::Tensor p = torch::log_softmax(logits, 1);
    return p - torch::log1p(-p.exp().clamp_max(1 - 1e-6));
}

/// The classes that points have, ascending.
torch::Tensor presentClasses(const torch::Tensor& labels) {
    return std::get<0>(at::_unique(labels));
}

}  // namespace

torch::Tensor paintedLoss(messages::PaintedLoss loss, const torch::Tensor& logits,
                          const torch::Tensor& labels, const torch::Tensor& weights) {
    if (labels.numel() == 0) return logits.sum() * 0;
    if (loss == PaintedLoss::Focal) return focalLoss(logits, labels);
    if (loss == PaintedLoss::PartialCrossEntropy) {
        return (crossEntropyOfEach(logits, labels) * classBalancedWeights(labels, logits.size(1))).mean();
    }
    // The others judge one class against the rest, and only those that the points have: of the others nothing
    // is known here but that they are absent.
    const torch::Tensor present = presentClasses(labels);
    const torch::Tensor target = oneHot(labels, logits.size(1)).index_select(1, present).t();  // [C, P]
    const torch::Tensor ofClass = againstTheRest(logits).index_select(1, present).t();         // [C, P]
    if (loss == PaintedLoss::Dice) return diceLoss(ofClass, target);
    if (loss == PaintedLoss::BalancedBce) return balancedBinaryCrossEntropy(ofClass, target);
    return weightedStructureLoss(ofClass, target, weights.index_select(1, present).t());
}

torch::Tensor structureWeights(const std::vector<Stroke>& strokes, PixelSize size,
                               const torch::Tensor& points, const torch::Tensor& labels, int64_t classes) {
    std::vector<cv::Mat> masks;  // of each class, then of all that is painted
    for (int64_t i = 0; i <= classes; ++i) masks.push_back(cv::Mat::zeros(size.height, size.width, CV_32F));
    for (const Stroke& stroke : strokes) {
        for (const int64_t pixel : stroke.pixels) {
            masks[static_cast<size_t>(stroke.classIndex)].ptr<float>()[pixel] = 1;
            masks.back().ptr<float>()[pixel] = 1;
        }
    }
    const torch::Tensor columns = (points.select(1, 0) * size.width).floor().to(torch::kInt64);
    const torch::Tensor rows = (points.select(1, 1) * size.height).floor().to(torch::kInt64);
    const torch::Tensor pixels = rows * size.width + columns;  // [P]
    std::vector<torch::Tensor> around;
    for (const cv::Mat& mask : masks) {
        cv::Mat count;
        cv::boxFilter(mask, count, CV_32F, {kNeighbourhood, kNeighbourhood}, {-1, -1}, /*normalize=*/false,
                      cv::BORDER_CONSTANT);
        around.push_back(
            torch::from_blob(count.data, {size.area()}, torch::kFloat32).index_select(0, pixels));
    }
    const torch::Tensor painted = around.back();
    around.pop_back();
    const torch::Tensor share = torch::stack(around, 1) / painted.unsqueeze(1);  // [P, K]
    return 1 + 5 * (share - oneHot(labels, classes)).abs();
}

}  // namespace finebrush::training
