#include "core/training/view_maps_cache.h"

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
    : network_(network), images_(images), plan_(plan), kept_(plan.views.size()) {
    for (auto& ofView : kept_) ofView.resize(images.size());
}

ViewMaps ViewMapsCache::at(size_t image, size_t view) {
    ViewMaps& kept = kept_[view][image];
    if (!kept.used.empty()) return kept;
    const torch::NoGradGuard noGradient;
    const ViewMaps fresh = mapsOf(plan_.views[view], images_.prepared(image, view, {}, network_), network_);
    if (keptBytes_ + bytesOf(fresh) <= kKeptBytes) {
        kept = fresh;
        keptBytes_ += bytesOf(fresh);
    }
    return fresh;
}

}  // namespace finebrush::training
