#include "core/training/preview/view_maps_cache.h"

namespace finebrush::training {

namespace {

constexpr int64_t kKeptBytes = int64_t{2} << 30;

int64_t bytesOf(const ViewMaps& maps) {
    int64_t bytes = 0;
    for (const torch::Tensor& map : maps.used) bytes += static_cast<int64_t>(map.nbytes());
    return bytes;
}

}  // namespace

ViewMapsCache::ViewMapsCache(peft::AdaptedSam& network, TrainingSet& images, const ViewPlan& plan)
    : network_(network), images_(images), plan_(plan) {}

ViewMaps ViewMapsCache::at(size_t image, size_t view, Variation variation) {
    const std::pair key(image, view);
    const bool isAsItIs = variation == Variation();
    if (isAsItIs) {
        if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
    }
    const torch::NoGradGuard noGradient;
    const ViewMaps fresh =
        mapsOf(plan_.views[view], images_.prepared(image, view, variation, network_), network_);
    if (isAsItIs && keptBytes_ + bytesOf(fresh) <= kKeptBytes) {
        kept_.emplace(key, fresh);
        keptBytes_ += bytesOf(fresh);
    }
    return fresh;
}

}  // namespace finebrush::training
