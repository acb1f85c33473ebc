#include "core/session/labels/cross_label_maker.h"

#include "core/session/labels/cross_labels.h"

#include <algorithm>

namespace finebrush {

void CrossLabelMaker::refresh() {
    // An import says of each slice by itself that it has changed.
    if (std::exchange(isPosted_, true)) return;
    owner_.post([this] {
        isPosted_ = false;
        begin();
    });
}

void CrossLabelMaker::follow(const ProjectEffect& effect) {
    const auto shown = shelf_.shown();
    const Project& project = current_.project();
    const ProjectImage* image = shown ? project.image(shown->id) : nullptr;
    if (!image) return;
    const bool isConcerned = std::ranges::any_of(effect.labels, [&](const ProjectEffect::Labels& change) {
        const ProjectImage* changed = project.image(change.image);
        return changed && isCrossing(changed->record, image->record.address());
    });
    if (isConcerned) refresh();
}

void CrossLabelMaker::forget() {
    ++*newest_;
    image_.clear();
    labels_.reset();
}

std::shared_ptr<const LabelMap> CrossLabelMaker::current() const {
    const auto shown = shelf_.shown();
    return shown && shown->id == image_ ? labels_ : nullptr;
}

void CrossLabelMaker::begin() {
    const uint64_t wish = ++*newest_;
    const auto shown = shelf_.shown();
    if (!shown) return;
    std::optional<CrossedSlice> made = crossedSlice(current_.project(), *shown);
    if (!made || made->others.empty()) return keep(shown->id, nullptr);
    worker_.run<Labels>(
        [crossed = std::make_shared<const CrossedSlice>(std::move(*made)), newest = newest_,
         wish](const std::stop_token& stop) -> Result<Labels> {
            if (*newest != wish) return Labels();
            LabelMap labels = crossLabels(*crossed, stop);
            return labels.isEmpty() ? Labels() : std::make_shared<const LabelMap>(std::move(labels));
        },
        [this, image = shown->id, wish](const Result<Labels>& labels) {
            if (*newest_ != wish) return;
            if (!labels) return emit_(Notice{labels.error()});
            keep(image, *labels);
        });
}

void CrossLabelMaker::keep(const ImageId& image, const Labels& labels) {
    const bool isChanged = labels || (labels_ && image_ == image);
    image_ = image;
    labels_ = labels;
    if (isChanged) emit_(CrossLabelsChanged{});
}

}  // namespace finebrush
