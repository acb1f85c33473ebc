#include "core/training/preview_fit.h"

#include "core/training/linear_fit.h"

#include <cmath>
#include <limits>

namespace finebrush::training {

namespace {

/// The standardised features of points of an image, all views side by side: [N, ΣC].
torch::Tensor featuresAt(AdaptedModel& model, ViewMapsCache& maps, size_t image,
                         const torch::Tensor& points) {
    std::vector<torch::Tensor> parts;
    for (size_t view = 0; view < maps.plan().views.size(); ++view) {
        parts.push_back(model.readOut(view)->sample(maps.at(image, view).used, points));
    }
    return torch::cat(parts, 1);
}

torch::Tensor logitsAt(AdaptedModel& model, ViewMapsCache& maps, size_t image, const torch::Tensor& points) {
    torch::Tensor logits;
    for (size_t view = 0; view < maps.plan().views.size(); ++view) {
        const torch::Tensor more = model.viewLogitsAt(view, maps.at(image, view), points);
        logits = logits.defined() ? logits + more : more;
    }
    return logits;  // [N, K]
}

}  // namespace

std::vector<ReadOut> makeReadOuts(ViewMapsCache& maps, int64_t classes, const Recipe& recipe, uint64_t seed) {
    const torch::NoGradGuard noGradient;
    std::mt19937_64 random(seed);
    std::vector<ReadOut> readOuts;
    for (size_t view = 0; view < maps.plan().views.size(); ++view) {
        std::vector<StatisticsCollector> collectors;
        for (size_t image = 0; image < maps.images().size(); ++image) {
            const torch::Tensor points = uniformPoints(recipe.backgroundPoints, random).to(maps.device());
            const ViewMaps here = maps.at(image, view);
            collectors.resize(here.used.size());
            for (size_t i = 0; i < here.used.size(); ++i) collectors[i].add(sampledAt(here.used[i], points));
        }
        std::vector<ChannelStatistics> statistics;
        for (const StatisticsCollector& collector : collectors) statistics.push_back(collector.result());
        readOuts.emplace_back(statistics, classes);
    }
    return readOuts;
}

void fitReadOuts(AdaptedModel& model, ViewMapsCache& maps, const std::vector<std::vector<Stroke>>& strokes,
                 const Recipe& recipe, uint64_t seed) {
    const auto classes = static_cast<int64_t>(model.classes().size());
    std::mt19937_64 random(seed);
    std::vector<torch::Tensor> features;
    std::vector<torch::Tensor> labels;
    {
        const torch::NoGradGuard noGradient;
        for (size_t index = 0; index < strokes.size(); ++index) {
            const LabelledPoints drawn =
                drawPoints(strokes[index], maps.images().image(index).size, recipe.pointsPerClass, random);
            if (drawn.labels.numel() == 0) continue;
            features.push_back(featuresAt(model, maps, index, drawn.points.to(maps.device())));
            labels.push_back(drawn.labels.to(maps.device()));
        }
    }
    const torch::Tensor allLabels = torch::cat(labels);
    const LinearFit fit = fitLinear(torch::cat(features), allLabels, classBalancedWeights(allLabels, classes),
                                    classes, recipe.readOutPenalty);
    int64_t first = 0;
    for (size_t view = 0; view < model.plan().views.size(); ++view) {
        const int64_t count = model.readOut(view)->featureCount();
        // The logits of all views are added, so the bias goes into the first alone.
        const torch::Tensor bias = view == 0 ? fit.bias : torch::zeros_like(fit.bias);
        model.readOut(view)->setWeights(fit.weight.slice(1, first, first + count), bias);
        first += count;
    }
}

double strokeScore(AdaptedModel& model, ViewMapsCache& maps, const std::vector<std::vector<Stroke>>& strokes,
                   const Recipe& recipe, uint64_t seed) {
    const torch::NoGradGuard noGradient;
    const auto classes = static_cast<int64_t>(model.classes().size());
    std::mt19937_64 random(seed);
    torch::Tensor counts =
        torch::zeros({classes, classes});  // [truth, prediction], every class of equal weight
    for (size_t index = 0; index < strokes.size(); ++index) {
        const LabelledPoints drawn =
            drawPoints(strokes[index], maps.images().image(index).size, recipe.pointsPerClass, random);
        if (drawn.labels.numel() == 0) continue;
        const torch::Tensor chosen =
            logitsAt(model, maps, index, drawn.points.to(maps.device())).argmax(1).cpu();
        const torch::Tensor cells = torch::bincount(drawn.labels * classes + chosen, {}, classes * classes);
        counts += cells.view({classes, classes}).to(torch::kFloat32);
    }
    const torch::Tensor painted = counts.sum(1);
    const torch::Tensor present = painted.gt(0);
    if (!present.any().item<bool>()) return std::numeric_limits<double>::quiet_NaN();
    counts = counts / painted.clamp_min(1).unsqueeze(1);
    const torch::Tensor both = counts.diagonal();
    const torch::Tensor iou = both / (counts.sum(0) + counts.sum(1) - both).clamp_min(1e-9);
    return iou.masked_select(present).mean().item<double>();
}

}  // namespace finebrush::training
