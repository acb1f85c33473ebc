#include "core/training/strokes.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace finebrush::training {

namespace {

void appendStrokes(const cv::Mat& ofClass, int64_t classIndex, std::vector<Stroke>& strokes) {
    cv::Mat components;
    const int count = cv::connectedComponents(ofClass, components, 8, CV_32S);
    const size_t first = strokes.size();
    strokes.resize(first + static_cast<size_t>(count) - 1, Stroke{classIndex, {}});
    for (int y = 0; y < components.rows; ++y) {
        const int* row = components.ptr<int>(y);
        for (int x = 0; x < components.cols; ++x) {
            if (row[x] == 0) continue;
            strokes[first + static_cast<size_t>(row[x]) - 1].pixels.push_back(int64_t{y} * components.cols +
                                                                              x);
        }
    }
}

}  // namespace

std::vector<Stroke> strokesOf(const IndexMask& labels, const std::vector<messages::ClassInfo>& classes) {
    const cv::Mat values(labels.size.height, labels.size.width, CV_8U,
                         const_cast<uint8_t*>(labels.values.data()));
    std::vector<Stroke> strokes;
    for (size_t i = 0; i < classes.size(); ++i) {
        const cv::Mat ofClass = values == classes[i].value;
        if (cv::countNonZero(ofClass) > 0) appendStrokes(ofClass, static_cast<int64_t>(i), strokes);
    }
    return strokes;
}

bool isWhollyPainted(const std::vector<Stroke>& strokes, PixelSize size) {
    int64_t painted = 0;
    for (const Stroke& stroke : strokes) painted += static_cast<int64_t>(stroke.pixels.size());
    return painted == size.area();
}

LabelledPoints drawPoints(const std::vector<Stroke>& strokes, PixelSize size, int64_t perClass,
                          std::mt19937_64& random) {
    struct Painted {
        int64_t pixel;
        int64_t stroke;
    };
    std::vector<std::vector<Painted>> byClass;
    for (size_t i = 0; i < strokes.size(); ++i) {
        const auto classIndex = static_cast<size_t>(strokes[i].classIndex);
        if (byClass.size() <= classIndex) byClass.resize(classIndex + 1);
        for (int64_t pixel : strokes[i].pixels)
            byClass[classIndex].push_back({pixel, static_cast<int64_t>(i)});
    }
    std::vector<float> points;
    std::vector<int64_t> labels, drawnFrom;
    for (size_t classIndex = 0; classIndex < byClass.size(); ++classIndex) {
        std::vector<Painted>& painted = byClass[classIndex];
        shuffle(painted, random);
        painted.resize(std::min(painted.size(), static_cast<size_t>(perClass)));
        for (const auto& [pixel, stroke] : painted) {
            points.push_back((static_cast<float>(pixel % size.width) + 0.5f) /
                             static_cast<float>(size.width));
            points.push_back((static_cast<float>(pixel / size.width) + 0.5f) /
                             static_cast<float>(size.height));
            labels.push_back(static_cast<int64_t>(classIndex));
            drawnFrom.push_back(stroke);
        }
    }
    return {torch::tensor(points).view({-1, 2}), torch::tensor(labels, torch::kInt64),
            torch::tensor(drawnFrom, torch::kInt64)};
}

double unitRandom(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

torch::Tensor uniformPoints(int64_t count, std::mt19937_64& random) {
    std::vector<float> coordinates(static_cast<size_t>(2 * count));
    for (float& coordinate : coordinates) coordinate = static_cast<float>(unitRandom(random));
    return torch::tensor(coordinates).view({count, 2});
}

StrokeSplit splitStrokes(const std::vector<std::vector<Stroke>>& strokes, int64_t classes, double share,
                         std::mt19937_64& random) {
    struct Place {
        size_t image;
        size_t stroke;
    };
    std::vector<std::vector<Place>> byClass(static_cast<size_t>(classes));
    for (size_t image = 0; image < strokes.size(); ++image) {
        for (size_t i = 0; i < strokes[image].size(); ++i) {
            byClass[strokes[image][i].classIndex].push_back({image, i});
        }
    }
    StrokeSplit split;
    for (const auto& ofImage : strokes) split.isHeldOut.emplace_back(ofImage.size(), false);
    for (std::vector<Place>& places : byClass) {
        shuffle(places, random);
        // A class keeps at least two strokes of its own for training.
        const auto wanted = static_cast<size_t>(std::max(1.0, std::round(share * double(places.size()))));
        const size_t spare = places.size() > 2 ? places.size() - 2 : 0;
        for (size_t i = 0; i < std::min(wanted, spare); ++i)
            split.isHeldOut[places[i].image][places[i].stroke] = true;
    }
    for (size_t image = 0; image < strokes.size(); ++image) {
        split.training.emplace_back();
        split.heldOut.emplace_back();
        for (size_t i = 0; i < strokes[image].size(); ++i) {
            (split.isHeldOut[image][i] ? split.heldOut : split.training)[image].push_back(strokes[image][i]);
        }
    }
    return split;
}

}  // namespace finebrush::training
