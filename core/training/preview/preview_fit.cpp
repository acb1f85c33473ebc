#include "core/training/preview/preview_fit.h"

#include "core/training/preview/linear_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace finebrush::training {

namespace {

/// A left-out pixel counts no more than this, so that one that is far off does not decide.
constexpr double kLargestLoss = 8;
/// Images are left out in at most so many groups.
constexpr size_t kMostFolds = 5;

/// The standardised features of points of an image (in 0..1 of the image as it is), all views side by side:
/// [N, ΣC].
torch::Tensor featuresAt(AdaptedModel& model, ViewMapsCache& maps, size_t image, Variation variation,
                         const torch::Tensor& points) {
    const torch::Tensor turned = turnedPoints(points, variation.orientation()).to(maps.device());
    std::vector<torch::Tensor> parts;
    for (size_t view = 0; view < maps.plan().views.size(); ++view) {
        parts.push_back(model.readOut(view)->sample(maps.at(image, view, variation).used, turned));
    }
    return torch::cat(parts, 1);
}

PaintedFeatures joined(const std::vector<PaintedFeatures>& parts) {
    std::vector<torch::Tensor> features, labels, strokes;
    for (const PaintedFeatures& part : parts) {
        features.push_back(part.features);
        labels.push_back(part.labels);
        strokes.push_back(part.strokes);
    }
    return {torch::cat(features), torch::cat(labels), torch::cat(strokes), parts.front().image};
}

LinearFit fitTo(const PaintedFeatures& painted, int64_t classes, double penalty) {
    return fitLinear(painted.features, painted.labels, classBalancedWeights(painted.labels, classes), classes,
                     penalty);
}

/// `variations` of each image: the first with as many painted pixels as the recipe says, the others with
/// less.
std::vector<PaintedFeatures> featuresOf(AdaptedModel& model, ViewMapsCache& maps,
                                        const std::vector<std::vector<Stroke>>& strokes, const Recipe& recipe,
                                        uint64_t seed, int variations) {
    const torch::NoGradGuard noGradient;
    std::mt19937_64 random(seed);
    std::vector<PaintedFeatures> painted;
    for (size_t index = 0; index < strokes.size(); ++index) {
        std::vector<PaintedFeatures> parts;
        for (int number = 0; number < variations; ++number) {
            const int64_t perClass = number == 0 ? recipe.pointsPerClass : recipe.relitPointsPerClass;
            const LabelledPoints drawn =
                drawPoints(strokes[index], maps.images().image(index).size, perClass, random);
            if (drawn.labels.numel() == 0) break;
            parts.push_back({featuresAt(model, maps, index, {number, number > 0}, drawn.points),
                             drawn.labels.to(maps.device()), drawn.strokes.to(maps.device()), index});
        }
        if (!parts.empty()) painted.push_back(joined(parts));
    }
    return painted;
}

/// The mean loss on images that were left out of the fit. `seen` and `asked`: one an image.
double leftOutLoss(const std::vector<PaintedFeatures>& seen, const std::vector<PaintedFeatures>& asked,
                   int64_t classes, double penalty) {
    const size_t folds = std::min(kMostFolds, seen.size());
    double sum = 0;
    for (size_t fold = 0; fold < folds; ++fold) {
        std::vector<PaintedFeatures> others;
        for (size_t i = 0; i < seen.size(); ++i) {
            if (i % folds != fold) others.push_back(seen[i]);
        }
        const LinearFit fit = fitTo(joined(others), classes, penalty);
        const torch::NoGradGuard noGradient;
        for (size_t i = fold; i < asked.size(); i += folds) {
            const torch::Tensor logits = torch::addmm(fit.bias, asked[i].features, fit.weight.t());
            const torch::Tensor each =
                torch::nn::functional::cross_entropy(
                    logits, asked[i].labels,
                    torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kNone))
                    .clamp_max(kLargestLoss);
            sum += (each * classBalancedWeights(asked[i].labels, classes)).mean().item<double>();
        }
    }
    return sum / double(asked.size());
}

torch::Tensor logitsAt(AdaptedModel& model, ViewMapsCache& maps, size_t image, const torch::Tensor& points) {
    torch::Tensor logits;
    for (size_t view = 0; view < maps.plan().views.size(); ++view) {
        const torch::Tensor more = model.viewLogitsAt(view, maps.at(image, view), points).classes;
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

std::vector<PaintedFeatures> paintedFeatures(AdaptedModel& model, ViewMapsCache& maps,
                                             const std::vector<std::vector<Stroke>>& strokes,
                                             const Recipe& recipe, uint64_t seed) {
    return featuresOf(model, maps, strokes, recipe, seed, 1);
}

std::vector<PaintedFeatures> relitFeatures(AdaptedModel& model, ViewMapsCache& maps,
                                           const std::vector<std::vector<Stroke>>& strokes,
                                           const Recipe& recipe, uint64_t seed) {
    const int fair = recipe.relitLooks / std::max(1, static_cast<int>(strokes.size()));
    return featuresOf(model, maps, strokes, recipe, seed, std::clamp(fair, 1, kVariations));
}

std::vector<PaintedFeatures> withoutStrokes(const std::vector<PaintedFeatures>& painted,
                                            const std::vector<std::vector<bool>>& isHeldOut) {
    std::vector<PaintedFeatures> left;
    for (const PaintedFeatures& part : painted) {
        std::vector<int64_t> trained;
        for (size_t i = 0; i < isHeldOut[part.image].size(); ++i) {
            if (!isHeldOut[part.image][i]) trained.push_back(static_cast<int64_t>(i));
        }
        const torch::Tensor places =
            torch::isin(part.strokes, torch::tensor(trained, part.strokes.options())).nonzero().squeeze(1);
        if (places.numel() == 0) continue;
        left.push_back({part.features.index_select(0, places), part.labels.index_select(0, places),
                        part.strokes.index_select(0, places), part.image});
    }
    return left;
}

bool relightingHelps(const std::vector<PaintedFeatures>& plain, const std::vector<PaintedFeatures>& relit,
                     int64_t classes, const Recipe& recipe) {
    if (plain.size() < 2) return false;
    const double before = leftOutLoss(plain, plain, classes, recipe.readOutPenalty);
    // At the same penalty: a weaker one alone makes the loss larger.
    const double after = leftOutLoss(relit, plain, classes, recipe.readOutPenalty);
    return after < recipe.relitAdvantage * before;
}

void fitReadOuts(AdaptedModel& model, const std::vector<PaintedFeatures>& painted, double penalty) {
    const LinearFit fit = fitTo(joined(painted), static_cast<int64_t>(model.classes().size()), penalty);
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
