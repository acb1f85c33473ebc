#include "core/session/labels/label_propagation.h"

#include "core/base/files.h"
#include "core/labels/label_interpolation.h"
#include "core/session/images/image_jobs.h"
#include "core/session/labels/cross_labels.h"
#include "core/session/labels/paint_setting.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace finebrush {

namespace {

bool isSameStack(const ImageEntry& entry, const ImageRecord& record) {
    if (!record.slice) return true;  // in the list of images, all are neighbours
    return entry.path == record.path && entry.slice && entry.slice->view == record.slice->view &&
           entry.slice->frame == record.slice->frame;
}

}  // namespace

/// Two labelled slices and what the project knows of those between them.
struct LabelPropagation::Gap {
    ImageRecord first;
    LabelMap firstLabels;
    int lastIndex = 0;
    LabelMap lastLabels;
    std::map<int, ImageRecord> known;  ///< slices that are images of the project, without labels
};

void LabelPropagation::copyFrom(int step) {
    events_.beforeChange();
    const auto shown = shelf_.shown();
    const ProjectImage* target = shown ? current_.project().image(shown->id) : nullptr;
    if (!target) return;
    const std::vector<ImageEntry>& entries = shelf_.entries();
    const auto place = std::ranges::find(entries, shown->id, &ImageEntry::id);
    const ImageEntry* source = nullptr;
    for (auto i = place - entries.begin() + step; i >= 0 && i < std::ssize(entries) && !source; i += step) {
        const ImageEntry& entry = entries[static_cast<size_t>(i)];
        if (entry.labelledPixels > 0 && isSameStack(entry, target->record)) source = &entry;
    }
    if (!source) return complain(step < 0 ? ErrorCode::NoLabelsBefore : ErrorCode::NoLabelsAfter, *shown);
    if (source->size != target->record.size) {
        events_.emit(Notice{{ErrorCode::LabelsSizeMismatch,
                             {utf8(source->path), toText(source->size), toText(target->record.size)},
                             {}}});
        return;
    }
    const MergeOver over = paintsOver(current_.project());
    const auto labels = std::make_shared<const LabelMap>(current_.project().image(source->id)->labels);
    reviser_.revise([this, id = shown->id, labels, over] {
        return std::optional(current_.project().layOverPlan({{id, {labels}}}, over));
    });
}

std::map<int, ImageId> LabelPropagation::slicesBeside(const OpenedImage& shown) const {
    std::map<int, ImageId> slices;
    const ProjectImage* image = current_.project().image(shown.id);
    if (!image || !image->record.slice) return slices;
    for (const ImageEntry& entry : shelf_.entries()) {
        if (isSameStack(entry, image->record)) slices.emplace(entry.slice->index, entry.id);
    }
    return slices;
}

std::optional<LabelPropagation::Gap> LabelPropagation::gapAt(const OpenedImage& shown) const {
    const std::map<int, ImageId> slices = slicesBeside(shown);
    if (slices.empty()) return std::nullopt;
    const auto imageAt = [&](int index) { return current_.project().image(slices.at(index)); };
    std::vector<int> labelled;
    for (const auto& [index, id] : slices) {
        if (imageAt(index)->labelledPixels() > 0) labelled.push_back(index);
    }
    const int index = shown.slice->index;
    // From the first labelled slice after this one back: what ends here goes before what begins here.
    const auto after = std::ranges::upper_bound(labelled, index);
    const auto isGap = [&](auto end) {
        return end != labelled.begin() && end != labelled.end() && *end - *std::prev(end) > 1;
    };
    auto last = after;
    const bool isLabelled = after != labelled.begin() && *std::prev(after) == index;
    if (isLabelled && isGap(std::prev(after))) last = std::prev(after);
    if (!isGap(last)) return std::nullopt;
    const ProjectImage* first = imageAt(*std::prev(last));
    Gap gap{first->record, first->labels, *last, imageAt(*last)->labels, {}};
    for (const auto& [between, id] : slices) {
        if (between > *std::prev(last) && between < *last)
            gap.known.emplace(between, imageAt(between)->record);
    }
    return gap;
}

void LabelPropagation::interpolate() {
    events_.beforeChange();
    const auto shown = shelf_.shown();
    if (!shown || !shown->slice) return;
    std::optional<Gap> gap = gapAt(*shown);
    if (!gap) return complain(ErrorCode::NothingToInterpolate, *shown);
    jobs_.run<FilledSlices>([gap = std::move(*gap), memory = shelf_.memory()](
                                const std::stop_token& stop) { return fill(gap, memory, stop); },
                            [this, generation = current_.generation()](const Result<FilledSlices>& filled) {
                                if (generation != current_.generation()) return;
                                if (filled) {
                                    apply(*filled);
                                } else {
                                    events_.emit(Notice{filled.error()});
                                }
                            });
}

Result<LabelPropagation::FilledSlices> LabelPropagation::fill(const Gap& gap, const ImageMemory& memory,
                                                              const std::stop_token& stop) {
    const LabelInterpolation between(gap.firstLabels.toMask(), gap.lastLabels.toMask());
    const int firstIndex = gap.first.slice->index;
    FilledSlices filled;
    for (int index = firstIndex + 1; index < gap.lastIndex && !stop.stop_requested(); ++index) {
        LabelMap labels =
            LabelMap::fromMask(between.at(double(index - firstIndex) / (gap.lastIndex - firstIndex)));
        if (labels.isEmpty()) continue;
        if (const auto known = gap.known.find(index); known != gap.known.end()) {
            filled.push_back({known->second, std::move(labels)});
            continue;
        }
        SliceAddress slice = *gap.first.slice;
        slice.index = index;
        Result<DescribedImage> described =
            describeImage(ImageAddress(gap.first.path, slice), gap.first.fingerprint, memory);
        if (!described) return failure(described.error());
        filled.push_back({std::move(described->record), std::move(labels)});
    }
    return filled;
}

void LabelPropagation::apply(const FilledSlices& filled) {
    events_.beforeChange();
    Project& project = current_.project();
    std::vector<std::pair<ImageId, LabelMap>> labels;
    for (const FilledSlice& slice : filled) {
        // Meanwhile a person may have gone to this slice, and painted it.
        const ProjectImage* known = project.imageAt(slice.record.address());
        if (!known) project.addImage(slice.record);
        const ImageId id = known ? known->record.id : slice.record.id;
        if (project.image(id)->labelledPixels() == 0) labels.emplace_back(id, slice.labels);
    }
    shelf_.followList();
    events_.announce(project.layOver(labels, MergeOver::Unlabelled));
    events_.emit(ImagesChanged{});
    if (!labels.empty()) {
        events_.emit(
            JobFinished{JobFinished::Kind::InterpolatedSlices,
                        std::vector<std::filesystem::path>(labels.size(), filled.front().record.path)});
    }
}

void LabelPropagation::takeFromOtherViews() {
    events_.beforeChange();
    const auto shown = shelf_.shown();
    if (!shown) return;
    std::optional<CrossedSlice> made = crossedSlice(current_.project(), *shown);
    if (!made) return;
    const PaintOver over = paintsOver(current_.project());
    if (over != PaintOver::Everything && over != PaintOver::Unlabelled) return sayTaken(shown->id, false);
    jobs_.run<LabelMap>(
        [crossed = std::make_shared<const CrossedSlice>(std::move(*made))](
            const std::stop_token& stop) -> Result<LabelMap> { return crossLabels(*crossed, stop); },
        [this, id = shown->id, generation = current_.generation()](const Result<LabelMap>& found) {
            if (generation != current_.generation()) return;
            if (!found) return events_.emit(Notice{found.error()});
            layUnder(id, *found);
        });
}

void LabelPropagation::layUnder(const ImageId& id, const LabelMap& found) {
    reviser_.revise(
        [this, id, labels = std::make_shared<const LabelMap>(found)] {
            return std::optional(current_.project().layOverPlan({{id, {labels}}}, MergeOver::Unlabelled));
        },
        [this, id](const ProjectEffect& effect) { sayTaken(id, !effect.labels.empty()); });
}

void LabelPropagation::sayTaken(const ImageId& id, bool isChanged) {
    JobFinished taken{JobFinished::Kind::TookCrossLabels, {}};
    const ProjectImage* image = current_.project().image(id);
    if (image && isChanged) taken.files.push_back(pathFromUtf8(toText(image->record.address())));
    events_.emit(taken);
}

void LabelPropagation::complain(ErrorCode code, const OpenedImage& shown) {
    const ProjectImage* image = current_.project().image(shown.id);
    if (image) events_.emit(Notice{{code, {utf8(image->record.path.filename())}, {}}});
}

}  // namespace finebrush
