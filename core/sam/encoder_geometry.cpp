#include "core/sam/encoder_geometry.h"

#include <algorithm>
#include <numeric>

namespace finebrush::sam {

EncoderGeometry geometryOf(const EncoderDescription& encoder) {
    if (encoder.kind == EncoderKind::Vit) {
        const int64_t patch = encoder.patchSize;
        return {patch, patch, patch * std::max<int64_t>(1, encoder.windowSize)};
    }
    const int64_t patch = encoder.patchStride * encoder.patchStride;
    EncoderGeometry geometry{patch, patch, patch};
    const size_t count = encoder.layers.size();
    for (size_t i = 0; i < count; ++i) {
        const TinyVitLayer& layer = encoder.layers[i];
        if (layer.heads > 0)
            geometry.windowGrid = std::lcm(geometry.windowGrid, layer.windowSize * geometry.stride);
        if (i + 1 < count) geometry.stride *= mergingStride(i, count);
    }
    return geometry;
}

int64_t mergingStride(size_t index, size_t count) {
    return index + 2 == count ? 1 : 2;  // SAM's decoder wants 64 × 64: the last one keeps the size
}

}  // namespace finebrush::sam
