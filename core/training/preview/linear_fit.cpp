#include "core/training/preview/linear_fit.h"

namespace finebrush::training {

namespace {

namespace F = torch::nn::functional;

/// Logit offset of a class that nothing was painted with: e^-30 of a chosen one's probability.
constexpr double kNeverChosen = -30;

torch::Tensor countOf(const torch::Tensor& labels, int64_t classes) {
    return torch::bincount(labels, {}, classes).to(torch::kFloat32);
}

}  // namespace

torch::Tensor classBalancedWeights(const torch::Tensor& labels, int64_t classes) {
    const torch::Tensor perClass = 1 / countOf(labels, classes).clamp_min(1);
    const torch::Tensor weights = perClass.index_select(0, labels);
    return weights / weights.mean();
}

LinearFit fitLinear(const torch::Tensor& features, const torch::Tensor& labels,
                    const torch::Tensor& sampleWeights, int64_t classes, double penalty, int maxIterations) {
    torch::Tensor weight = torch::zeros({classes, features.size(1)}, features.options()).requires_grad_();
    torch::Tensor bias = torch::zeros({classes}, features.options()).requires_grad_();
    const torch::Tensor absent = countOf(labels, classes).eq(0).to(features.device());
    const torch::Tensor offset = torch::where(absent, kNeverChosen, 0.0).to(torch::kFloat32);

    torch::optim::LBFGS optimizer({weight, bias}, torch::optim::LBFGSOptions(1)
                                                      .max_iter(maxIterations)
                                                      .history_size(10)
                                                      .tolerance_grad(1e-5)
                                                      .line_search_fn("strong_wolfe"));
    optimizer.step([&] {
        optimizer.zero_grad();
        const torch::Tensor logits = torch::addmm(bias + offset, features, weight.t());  // [N, K]
        const torch::Tensor each =
            F::cross_entropy(logits, labels, F::CrossEntropyFuncOptions().reduction(torch::kNone));
        torch::Tensor loss = (each * sampleWeights).mean() + 0.5 * penalty * weight.square().sum();
        loss.backward();
        return loss;
    });
    return {weight.detach(), bias.detach() + offset};
}

}  // namespace finebrush::training
