#include "core/session/engine/images_to_predict.h"

#include "core/image/image_reader.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace finebrush {

namespace {

using Slices = std::vector<const KnownImage*>;
/// The slices of one view at one point in time.
using Stack = std::pair<SliceView, int>;

Stack stackOf(const KnownImage& image) {
    return {image.record.slice->view, image.record.slice->frame};
}

std::set<Stack> stacksOf(const Slices& slices) {
    std::set<Stack> stacks;
    for (const KnownImage* slice : slices) {
        if (slice->isLabelled) stacks.insert(stackOf(*slice));
    }
    if (stacks.empty()) stacks.insert(stackOf(*slices.front()));
    return stacks;
}

/// Of a volume that cannot be read those that are known.
std::vector<SliceAddress> slicesOf(const Stack& stack, const std::optional<VolumeInfo>& volume,
                                   const Slices& known) {
    std::vector<SliceAddress> addresses;
    const int count = volume ? sliceCount(volume->grid, stack.first) : 0;
    for (int index = 0; index < count; ++index) addresses.push_back({stack.first, index, stack.second});
    for (const KnownImage* slice : known) {
        if (!volume && stackOf(*slice) == stack) addresses.push_back(*slice->record.slice);
    }
    return addresses;
}

void addSlices(const Slices& known, std::vector<ImageToPredict>& list) {
    const ImageRecord& first = known.front()->record;
    const Result<std::optional<VolumeInfo>> info = readVolumeInfo(first.path);
    const std::optional<VolumeInfo> volume = info ? *info : std::nullopt;
    for (const Stack& stack : stacksOf(known)) {
        for (const SliceAddress& address : slicesOf(stack, volume, known)) {
            const auto slice = std::ranges::find(known, std::optional(address),
                                                 [](const KnownImage* one) { return one->record.slice; });
            const bool isKnown = slice != known.end();
            if (isKnown && (*slice)->isPredicted) continue;
            list.push_back({ImageAddress(first.path, address), isKnown ? (*slice)->record.id : ImageId(),
                            first.fingerprint});
        }
    }
}

}  // namespace

std::vector<ImageToPredict> imagesToPredict(const std::vector<KnownImage>& images,
                                            const std::stop_token& stop) {
    std::map<std::filesystem::path, Slices> volumes;
    for (const KnownImage& image : images) {
        if (image.record.slice) volumes[image.record.path].push_back(&image);
    }
    std::vector<ImageToPredict> list;
    for (const KnownImage& image : images) {
        if (stop.stop_requested()) break;
        const ImageRecord& record = image.record;
        if (record.slice) {
            const auto volume = volumes.extract(record.path);
            if (volume) addSlices(volume.mapped(), list);  // else they are in the list already
        } else if (!image.isPredicted) {
            list.push_back({record.address(), record.id, record.fingerprint});
        }
    }
    return list;
}

}  // namespace finebrush
