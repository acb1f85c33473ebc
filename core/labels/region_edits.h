#pragma once

#include "core/labels/pixel_region.h"

#include <cstdint>

namespace finebrush {

// Regions by which the shape of a class, everywhere in the image, is mended.

/// The pixels that a class encloses, whatever they hold: what cannot be reached by edges from outside.
PixelRegion holesOf(const LabelMap& labels, uint8_t value);

/// The pieces of a class of less than `smallest` px. Pixels that touch by a corner are of one piece.
PixelRegion islandsOf(const LabelMap& labels, uint8_t value, int smallest);

/// The pixels beside a class, by an edge.
PixelRegion outerRimOf(const LabelMap& labels, uint8_t value);

/// The pixels of a class beside others, by an edge. The edge of the image is no other.
PixelRegion innerRimOf(const LabelMap& labels, uint8_t value);

}  // namespace finebrush
