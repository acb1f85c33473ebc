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

Stack stackOf(const KnownImage& known) {
    const SliceAddress& slice = *known.image.address.slice;
    return {slice.view, slice.frame};
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
        if (!volume && stackOf(*slice) == stack) addresses.push_back(*slice->image.address.slice);
    }
    return addresses;
}

void addSlices(const Slices& known, std::vector<ImageToPredict>& list) {
    const ImageToPredict& first = known.front()->image;
    const Result<std::optional<VolumeInfo>> info = readVolumeInfo(first.address.file);
    const std::optional<VolumeInfo> volume = info ? *info : std::nullopt;
    for (const Stack& stack : stacksOf(known)) {
        for (const SliceAddress& address : slicesOf(stack, volume, known)) {
            const ImageAddress wanted(first.address.file, address);
            const auto slice = std::ranges::find(
                known, wanted,
                [](const KnownImage* one) -> const ImageAddress& { return one->image.address; });
            if (slice == known.end()) {
                list.push_back({wanted, ImageId(), first.fingerprint});
            } else if (!(*slice)->isPredicted) {
                list.push_back((*slice)->image);
            }
        }
    }
}

}  // namespace

std::vector<ImageToPredict> imagesToPredict(const std::vector<KnownImage>& images,
                                            const std::stop_token& stop) {
    std::map<std::filesystem::path, Slices> volumes;
    for (const KnownImage& known : images) {
        const ImageAddress& address = known.image.address;
        if (address.slice) volumes[address.file].push_back(&known);
    }
    std::vector<ImageToPredict> list;
    for (const KnownImage& known : images) {
        if (stop.stop_requested()) break;
        if (known.image.address.slice) {
            const auto volume = volumes.extract(known.image.address.file);
            if (volume) addSlices(volume.mapped(), list);  // else they are in the list already
        } else if (!known.isPredicted) {
            list.push_back(known.image);
        }
    }
    return list;
}

}  // namespace finebrush
