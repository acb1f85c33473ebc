#pragma once

#include "core/sam/sam_description.h"

#include <cstddef>
#include <cstdint>

namespace finebrush::sam {

/// How the maps of an image encoder lie on its input: px of the input, along one side.
struct EncoderGeometry {
    int64_t patch = 1;       ///< of a token of the patch embedding
    int64_t stride = 1;      ///< of a token of the embedding
    int64_t windowGrid = 1;  ///< a window of every attention begins on each multiple of it
};

EncoderGeometry geometryOf(const EncoderDescription& encoder);

/// px; an input of a longer side would take more memory than most machines have.
inline constexpr int64_t kMostInputSide = 2048;

/// Whether an encoder can look at squares of that side, in px, as well as of its own: its tokens fill them.
bool takesInputSide(const EncoderDescription& encoder, int64_t side);

/// By how much the merging behind layer `index` of a TinyViT of `count` layers shrinks the map.
int64_t mergingStride(size_t index, size_t count);

}  // namespace finebrush::sam
