#pragma once

#include "core/labels/pixel_region.h"

#include <cstdint>
#include <stop_token>

namespace finebrush {

// Regions by which the shape of a class, everywhere in the image, is mended. They are found on the runs of
// the class in its rows: memory grows with these, not with the image. Empty where they are asked to stop.

/// The pixels that a class encloses, whatever they hold: what cannot be reached by edges from outside.
PixelRegion holesOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop = {});

/// The pieces of a class of less than `smallest` px. Pixels that touch by a corner are of one piece.
PixelRegion islandsOf(const LabelMap& labels, uint8_t value, int smallest, const std::stop_token& stop = {});

/// The pixels beside a class, by an edge.
PixelRegion outerRimOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop = {});

/// The pixels of a class beside others, by an edge. The edge of the image is no other.
PixelRegion innerRimOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop = {});

/// How the shape of a class is mended.
struct ClassShape {
    enum class Edit { FillHoles, RemoveIslands, Grow, Shrink } edit = Edit::FillHoles;
    int smallest = 0;  ///< px of a piece that is no island

    /// Whether pixels become those of the class; else they are erased.
    bool adds() const { return edit == Edit::FillHoles || edit == Edit::Grow; }
};

/// The pixels that such an edit changes.
PixelRegion regionOf(const ClassShape& shape, const LabelMap& labels, uint8_t value,
                     const std::stop_token& stop = {});

}  // namespace finebrush
