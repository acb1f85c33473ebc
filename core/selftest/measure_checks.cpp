#include "core/selftest/golden_kinds.h"
#include "core/training/losses/losses.h"
#include "core/training/measures/metrics.h"

#include <span>

namespace finebrush {

namespace {

torch::Tensor asTensor(const std::vector<double>& values) {
    return torch::tensor(values, torch::kFloat64);
}

std::span<const uint8_t> pixelsOf(const torch::Tensor& map) {
    return {map.const_data_ptr<uint8_t>(), static_cast<size_t>(map.numel())};
}

}  // namespace

std::vector<TensorVerdict> checkLosses(const GoldenFile& golden) {
    Comparison comparison(golden);
    const torch::Tensor mask = golden.tensor("structure.logits").clone().requires_grad_();
    const torch::Tensor structure = structureLoss(mask, golden.tensor("structure.target"));
    structure.backward();
    comparison.forward("structure.loss", structure);
    comparison.gradient("structure.grad", mask.grad());

    const torch::Tensor logits = golden.tensor("partial_ce.logits").clone().requires_grad_();
    const torch::Tensor partial =
        partialCrossEntropy(logits, golden.tensor("partial_ce.labels"), golden.tensor("partial_ce.weight"));
    partial.backward();
    comparison.forward("partial_ce.loss", partial);
    comparison.gradient("partial_ce.grad", logits.grad());
    return std::move(comparison).verdicts();
}

std::vector<TensorVerdict> checkSaliencyMetrics(const GoldenFile& golden) {
    Comparison comparison(golden);
    const torch::Tensor predictions = golden.tensor("prediction").contiguous();  // [N, H, W] uint8
    const torch::Tensor targets = golden.tensor("target").contiguous();
    const PixelSize size{static_cast<int>(predictions.size(2)), static_cast<int>(predictions.size(1))};
    std::vector<SaliencyMetrics> each;
    for (int64_t i = 0; i < predictions.size(0); ++i) {
        each.push_back(
            saliencyMetrics(pixelsOf(predictions[i]), pixelsOf(targets[i]), size, golden.number("beta")));
    }
    const SaliencyMetrics mean = meanOf(each);
    comparison.forward("sm", asTensor({mean.structure}));
    comparison.forward("fm_adaptive", asTensor({mean.adaptiveF}));
    comparison.forward("fm_curve", asTensor(mean.fCurve));
    comparison.forward("em_adaptive", asTensor({mean.adaptiveE}));
    comparison.forward("em_curve", asTensor(mean.eCurve));
    comparison.forward("mae", asTensor({mean.meanAbsoluteError}));
    return std::move(comparison).verdicts();
}

}  // namespace finebrush
