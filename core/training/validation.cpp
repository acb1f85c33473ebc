#include "core/training/validation.h"

#include "core/training/measures/confusion_matrix.h"
#include "core/training/strokes.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace finebrush::training {

namespace {

bool isPainted(const messages::LabelledImage& image) {
    return std::ranges::any_of(image.labels.values, [](uint8_t value) { return value != kUnlabelled; });
}

}  // namespace

Validation::Validation(const std::vector<messages::LabelledImage>& images, double share, uint64_t seed) {
    if (share <= 0) return;
    for (const messages::LabelledImage& image : images) {
        if (isPainted(image)) images_.push_back(&image);
    }
    std::mt19937_64 random(seed);
    shuffle(images_, random);
    const auto wanted = static_cast<size_t>(std::max(1.0, std::round(share * double(images_.size()))));
    images_.resize(std::min(wanted, images_.empty() ? 0 : images_.size() - 1));
}

bool Validation::holds(const messages::LabelledImage& image) const {
    return std::ranges::find(images_, &image) != images_.end();
}

double Validation::score(SegmentationModel& model) const {
    SilentMonitor monitor;
    ConfusionMatrix matrix;
    for (const messages::LabelledImage* image : images_) {
        matrix.add(model.predict(image->pixels, Care::Quick, monitor).mask, image->labels);
    }
    return matrix.meanIou();
}

}  // namespace finebrush::training
