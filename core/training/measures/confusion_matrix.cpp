#include "core/training/measures/confusion_matrix.h"

#include <limits>
#include <numeric>
#include <stdexcept>

namespace finebrush::training {

namespace {

double mean(const std::vector<ClassScore>& scores, double ClassScore::*part) {
    if (scores.empty()) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (const ClassScore& score : scores) sum += score.*part;
    return sum / static_cast<double>(scores.size());
}

}  // namespace

void ConfusionMatrix::add(const IndexMask& prediction, const IndexMask& truth,
                          std::optional<uint8_t> ignoredTruth) {
    if (prediction.size != truth.size) throw std::invalid_argument("ConfusionMatrix: sizes differ");
    for (size_t i = 0; i < truth.values.size(); ++i) {
        const uint8_t expected = truth.values[i];
        if (expected == kUnlabelled || expected == ignoredTruth) continue;
        ++counts_[size_t{expected} * 256 + prediction.values[i]];
    }
}

std::vector<ClassScore> ConfusionMatrix::scores() const {
    std::array<int64_t, 256> truth{};
    std::array<int64_t, 256> predicted{};
    for (size_t i = 0; i < counts_.size(); ++i) {
        truth[i / 256] += counts_[i];
        predicted[i % 256] += counts_[i];
    }
    const int64_t all = std::accumulate(truth.begin(), truth.end(), int64_t{0});
    std::vector<ClassScore> scores;
    for (size_t value = 0; value < 256; ++value) {
        if (truth[value] == 0) continue;
        const auto both = static_cast<double>(counts_[value * 256 + value]);
        const auto sum = static_cast<double>(truth[value] + predicted[value]);
        const auto off = static_cast<double>(all - truth[value]);
        const double missed = 1 - both / static_cast<double>(truth[value]);
        const double wrongOff = off > 0 ? (static_cast<double>(predicted[value]) - both) / off : 0;
        scores.push_back({static_cast<uint8_t>(value), both / (sum - both), 2 * both / sum, truth[value],
                          (missed + wrongOff) / 2});
    }
    return scores;
}

double ConfusionMatrix::meanIou() const {
    return mean(scores(), &ClassScore::iou);
}

double ConfusionMatrix::meanDice() const {
    return mean(scores(), &ClassScore::dice);
}

double ConfusionMatrix::pixelAccuracy() const {
    int64_t right = 0;
    int64_t all = 0;
    for (size_t i = 0; i < counts_.size(); ++i) {
        all += counts_[i];
        if (i / 256 == i % 256) right += counts_[i];
    }
    return all ? static_cast<double>(right) / static_cast<double>(all)
               : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace finebrush::training
