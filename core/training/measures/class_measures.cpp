#include "core/training/measures/class_measures.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

namespace finebrush::training {

namespace {

/// Of the diagonal, how far borders may be apart.
constexpr double kTolerance = 0.008;

/// Pixels of a mask that touch another value; the image's edge is no border.
cv::Mat borderOf(const std::vector<uint8_t>& mask, PixelSize size) {
    const cv::Mat inside =
        cv::Mat(size.height, size.width, CV_8U, const_cast<uint8_t*>(mask.data())) != 0;  // 0 or 255
    cv::Mat eroded;
    cv::erode(inside, eroded, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
    return inside & ~eroded;
}

cv::Mat widened(const cv::Mat& border, int distance) {
    cv::Mat wide;
    const int side = 2 * distance + 1;
    cv::dilate(border, wide, cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side}));
    return wide;
}

/// Of the pixels of a border, the share that lies near the other one.
double shareNear(const cv::Mat& border, const cv::Mat& other, int distance) {
    return static_cast<double>(cv::countNonZero(border & widened(other, distance))) /
           cv::countNonZero(border);
}

double meanOf(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// 255 where a mask holds a value and the pixel counts.
std::vector<uint8_t> maskOf(const IndexMask& mask, uint8_t value, const std::vector<bool>& counts) {
    std::vector<uint8_t> inside(mask.values.size());
    for (size_t i = 0; i < inside.size(); ++i) inside[i] = counts[i] && mask.values[i] == value ? 255 : 0;
    return inside;
}

}  // namespace

double boundaryFMeasure(const std::vector<uint8_t>& prediction, const std::vector<uint8_t>& truth,
                        PixelSize size) {
    const auto count = static_cast<size_t>(size.area());
    if (prediction.size() != count || truth.size() != count) {
        throw std::invalid_argument("boundaryFMeasure: masks of another size than given");
    }
    const cv::Mat found = borderOf(prediction, size);
    const cv::Mat wanted = borderOf(truth, size);
    const bool hasFound = cv::countNonZero(found) > 0;
    const bool hasWanted = cv::countNonZero(wanted) > 0;
    if (!hasFound || !hasWanted) return hasFound == hasWanted ? 1 : 0;
    const int distance =
        static_cast<int>(std::ceil(kTolerance * std::hypot(double(size.width), double(size.height))));
    const double precision = shareNear(found, wanted, distance);
    const double recall = shareNear(wanted, found, distance);
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

void ClassMeasuresCollector::add(const IndexMask& prediction, const IndexMask& truth,
                                 std::optional<uint8_t> ignoredTruth) {
    if (prediction.size != truth.size) throw std::invalid_argument("ClassMeasuresCollector: sizes differ");
    std::vector<bool> counts;
    std::set<uint8_t> present;
    for (const uint8_t value : truth.values) {
        counts.push_back(value != kUnlabelled && value != ignoredTruth);
        if (counts.back()) present.insert(value);
    }
    for (const uint8_t value : present) {
        const std::vector<uint8_t> found = maskOf(prediction, value, counts);
        const std::vector<uint8_t> wanted = maskOf(truth, value, counts);
        classes_[value].saliency.push_back(saliencyMetrics(found, wanted, truth.size));
        classes_[value].boundaryF.push_back(boundaryFMeasure(found, wanted, truth.size));
    }
}

std::vector<ClassMeasures> ClassMeasuresCollector::means() const {
    std::vector<ClassMeasures> means;
    for (const auto& [value, ofClass] : classes_) {
        const SaliencyMetrics mean = finebrush::meanOf(ofClass.saliency);
        means.push_back({value, static_cast<int>(ofClass.saliency.size()), mean.structure, mean.adaptiveE,
                         mean.adaptiveF, mean.meanAbsoluteError, meanOf(ofClass.boundaryF)});
    }
    return means;
}

}  // namespace finebrush::training
