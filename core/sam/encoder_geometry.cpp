#include "core/sam/encoder_geometry.h"

#include <algorithm>
#include <numeric>

namespace finebrush::sam {

namespace {

constexpr int64_t kTinyVitMultiple = 8;  // px; see `ImageEncoderImpl::takesAnySize`

}  // namespace

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

bool takesInputSide(const EncoderDescription& encoder, int64_t side) {
    const int64_t multiple =
        std::lcm(encoder.kind == EncoderKind::Vit ? 1 : kTinyVitMultiple, geometryOf(encoder).stride);
    return side > 0 && side <= kMostInputSide && side % multiple == 0;
}

int64_t mergingStride(size_t index, size_t count) {
    return index + 2 == count ? 1 : 2;  // SAM's decoder wants 64 × 64: the last one keeps the size
}

}  // namespace finebrush::sam
