#include "core/training/measures/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace finebrush {

namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr int kThresholds = 256;

/// A map in 0..1 and a mask, row-major.
struct Pair {
    std::vector<double> map;
    std::vector<uint8_t> mask;  ///< 0 or 1
    PixelSize size;

    size_t count() const { return map.size(); }
};

Pair makePair(std::span<const uint8_t> prediction, std::span<const uint8_t> target, PixelSize size) {
    Pair pair{{}, {}, size};
    const auto [low, high] = std::ranges::minmax(prediction);
    const double lowest = low / 255.0, range = high / 255.0 - lowest;
    for (const uint8_t value : prediction) {
        pair.map.push_back(range > 0 ? (value / 255.0 - lowest) / range : value / 255.0);
    }
    for (const uint8_t value : target) pair.mask.push_back(value > 128);
    return pair;
}

double meanOf(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// A rectangle of the maps: columns left ≤ x < right, rows top ≤ y < bottom.
struct Quarter {
    int left, top, right, bottom;
    int64_t area() const { return int64_t{right - left} * (bottom - top); }
};

/// The similarity of map and mask in a quarter (Fan et al. 2017, eq. 4: structural similarity of means and
/// deviations).
double similarity(const Pair& pair, const Quarter& quarter) {
    if (quarter.area() == 0) return 0;
    const auto n = static_cast<double>(quarter.area());
    const double freedom = std::max(n - 1, 1.0);
    const auto sumOf = [&](const auto& term) {
        double sum = 0;
        for (int y = quarter.top; y < quarter.bottom; ++y) {
            for (int x = quarter.left; x < quarter.right; ++x) {
                const size_t at = static_cast<size_t>(y) * pair.size.width + x;
                sum += term(pair.map[at], static_cast<double>(pair.mask[at]));
            }
        }
        return sum;
    };
    const double x = sumOf([](double p, double) { return p; }) / n;
    const double y = sumOf([](double, double g) { return g; }) / n;
    const double varianceX = sumOf([x](double p, double) { return (p - x) * (p - x); }) / freedom;
    const double varianceY = sumOf([y](double, double g) { return (g - y) * (g - y); }) / freedom;
    const double covariance = sumOf([x, y](double p, double g) { return (p - x) * (g - y); }) / freedom;
    const double alpha = 4 * x * y * covariance;
    const double beta = (x * x + y * y) * (varianceX + varianceY);
    if (alpha != 0) return alpha / (beta + kEpsilon);
    return beta == 0 ? 1 : 0;
}

/// Fan et al. 2017, §3.2: similarity in the four quarters around the mask's centroid, weighted by area.
double regionScore(const Pair& pair, double objectPixels) {
    const int width = pair.size.width, height = pair.size.height;
    double sumX = 0, sumY = 0;
    for (size_t i = 0; i < pair.count(); ++i) {
        if (!pair.mask[i]) continue;
        sumX += static_cast<double>(i % width);
        sumY += static_cast<double>(i / width);
    }
    // nearbyint rounds halves to even, as the published code does.
    const int x = static_cast<int>(std::nearbyint(sumX / objectPixels)) + 1;
    const int y = static_cast<int>(std::nearbyint(sumY / objectPixels)) + 1;
    double score = 0;
    for (const Quarter& quarter : {Quarter{0, 0, x, y}, Quarter{x, 0, width, y}, Quarter{0, y, x, height},
                                   Quarter{x, y, width, height}}) {
        score += static_cast<double>(quarter.area()) / static_cast<double>(pair.count()) *
                 similarity(pair, quarter);
    }
    return score;
}

/// Fan et al. 2017, §3.3: how bright and even the map is on the object (`value` 1) or how dark off it (0).
double objectScore(const Pair& pair, uint8_t value) {
    std::vector<double> inside;
    for (size_t i = 0; i < pair.count(); ++i) {
        if (pair.mask[i] == value) inside.push_back(value ? pair.map[i] : 1 - pair.map[i]);
    }
    const double mean = meanOf(inside);
    double squares = 0;
    for (const double v : inside) squares += (v - mean) * (v - mean);
    const double deviation = std::sqrt(squares / std::max(static_cast<double>(inside.size()) - 1, 1.0));
    return 2 * mean / (mean * mean + 1 + deviation + kEpsilon);
}

double structureMeasure(const Pair& pair) {
    const auto objectPixels = static_cast<double>(std::ranges::count(pair.mask, 1));
    const double share = objectPixels / static_cast<double>(pair.count());
    if (share == 0) return 1 - meanOf(pair.map);
    if (share == 1) return meanOf(pair.map);
    const double object = share * objectScore(pair, 1) + (1 - share) * objectScore(pair, 0);
    return std::max(0.0, 0.5 * object + 0.5 * regionScore(pair, objectPixels));
}

/// How many pixels a thresholded map holds on and off the object.
struct Hits {
    double onObject = 0;
    double offObject = 0;
};

double fMeasure(const Hits& hits, double objectPixels, double betaSquared) {
    if (hits.onObject == 0) return 0;
    const double precision = hits.onObject / (hits.onObject + hits.offObject);
    const double recall = hits.onObject / objectPixels;
    return (1 + betaSquared) * precision * recall / (betaSquared * precision + recall);
}

/// Fan et al. 2018, eq. 2-4, from the sizes of the four parts that mask and thresholded map divide the image
/// into.
double eMeasure(const Hits& hits, double objectPixels, double pixels) {
    const double mapPixels = hits.onObject + hits.offObject;
    double sum = 0;
    if (objectPixels == 0) {
        sum = pixels - mapPixels;
    } else if (objectPixels == pixels) {
        sum = mapPixels;
    } else {
        const double mapMean = mapPixels / pixels, maskMean = objectPixels / pixels;
        const auto part = [&](double count, double map, double mask) {
            const double a = map - mapMean, b = mask - maskMean;
            const double alignment = 2 * a * b / (a * a + b * b + kEpsilon);
            return (alignment + 1) * (alignment + 1) / 4 * count;
        };
        const double missed = objectPixels - hits.onObject;
        sum = part(hits.onObject, 1, 1) + part(hits.offObject, 1, 0) + part(missed, 0, 1) +
              part(pixels - mapPixels - missed, 0, 0);
    }
    return sum / (pixels - 1 + kEpsilon);
}

Hits hitsAbove(const Pair& pair, double threshold) {
    Hits hits;
    for (size_t i = 0; i < pair.count(); ++i) {
        if (pair.map[i] >= threshold) ++(pair.mask[i] ? hits.onObject : hits.offObject);
    }
    return hits;
}

/// The hits at the thresholds 255, 254 ... 0.
std::array<Hits, kThresholds> hitsAtThresholds(const Pair& pair) {
    std::array<Hits, kThresholds> hits{};
    for (size_t i = 0; i < pair.count(); ++i) {
        Hits& bin = hits[kThresholds - 1 - static_cast<size_t>(pair.map[i] * 255)];
        ++(pair.mask[i] ? bin.onObject : bin.offObject);
    }
    for (size_t i = 1; i < hits.size(); ++i) {
        hits[i].onObject += hits[i - 1].onObject;
        hits[i].offObject += hits[i - 1].offObject;
    }
    return hits;
}

}  // namespace

SaliencyMetrics saliencyMetrics(std::span<const uint8_t> prediction, std::span<const uint8_t> target,
                                PixelSize size, double betaSquared) {
    const auto pixelCount = static_cast<size_t>(size.area());
    if (pixelCount == 0 || prediction.size() != pixelCount || target.size() != pixelCount) {
        throw std::invalid_argument("saliencyMetrics: maps of another size than given");
    }
    const Pair pair = makePair(prediction, target, size);
    const auto pixels = static_cast<double>(pixelCount);
    const auto objectPixels = static_cast<double>(std::ranges::count(pair.mask, 1));
    const Hits adaptive = hitsAbove(pair, std::min(2 * meanOf(pair.map), 1.0));

    SaliencyMetrics metrics;
    metrics.structure = structureMeasure(pair);
    metrics.adaptiveF = fMeasure(adaptive, objectPixels, betaSquared);
    metrics.adaptiveE = eMeasure(adaptive, objectPixels, pixels);
    for (const Hits& hits : hitsAtThresholds(pair)) {
        metrics.fCurve.push_back(fMeasure(hits, objectPixels, betaSquared));
        metrics.eCurve.push_back(eMeasure(hits, objectPixels, pixels));
    }
    for (size_t i = 0; i < pixelCount; ++i)
        metrics.meanAbsoluteError += std::abs(pair.map[i] - pair.mask[i]) / pixels;
    return metrics;
}

SaliencyMetrics meanOf(std::span<const SaliencyMetrics> metrics) {
    SaliencyMetrics mean;
    mean.fCurve.assign(kThresholds, 0);
    mean.eCurve.assign(kThresholds, 0);
    const auto count = static_cast<double>(metrics.size());
    for (const SaliencyMetrics& one : metrics) {
        mean.structure += one.structure / count;
        mean.adaptiveF += one.adaptiveF / count;
        mean.adaptiveE += one.adaptiveE / count;
        mean.meanAbsoluteError += one.meanAbsoluteError / count;
        for (size_t i = 0; i < kThresholds; ++i) {
            mean.fCurve[i] += one.fCurve[i] / count;
            mean.eCurve[i] += one.eCurve[i] / count;
        }
    }
    return mean;
}

}  // namespace finebrush
