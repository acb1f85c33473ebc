#pragma once

#include "core/base/geometry.h"
#include "core/messages/input_range.h"
#include "core/peft/adapted_sam.h"

#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <vector>

namespace finebrush {

/// Maps of every depth.
inline constexpr int kWholeDepth = 1000;

/// One look at an image: brought to a working resolution and turned into the maps of the encoder's stages and
/// its embedding.
struct ImageView {
    int longSide = 256;       ///< px that the longer side of a usual image gets
    int depth = kWholeDepth;  ///< how many maps are used: stages from the shallowest on, the embedding last
    bool operator==(const ImageView&) const = default;
};

/// The looks that a model takes, and what "a usual image" is.
struct ViewPlan {
    std::vector<ImageView> views;
    int usualLongSide =
        0;  ///< px, of the images that were trained on; larger images keep the scale of a usual one
    double workingScale = 0;     ///< model px per image px of every view but the first; 0: as `longSide` says
    InputRange inputRange = {};  ///< of the raw values that the views get
    int sideMultiple = 8;        ///< px, of the sides of each view: whole tokens of every map
    int tileSide = 768;  ///< px: a view whose sides are at most so long is computed at once, a larger one in
                         ///< tiles of this side

    /// The size at which a view sees an image, each side a multiple of `sideMultiple`; of so many px that
    /// they would take all memory, fewer.
    PixelSize sizeOf(const ImageView& view, PixelSize image) const;
    bool operator==(const ViewPlan&) const = default;
};

void to_json(nlohmann::json& json, const ViewPlan& plan);
/// Throws nlohmann::json::exception where the JSON is not a plan, or asks for too much.
void from_json(const nlohmann::json& json, ViewPlan& plan);

/// The part of a view that does not depend on the adapter: made once for a training image and kept.
struct PreparedView {
    torch::Tensor frozen;  ///< see `peft::AdaptedSam::frozenPart`
    PixelSize size;        ///< of the view, before padding
    PixelSize padded;      ///< what the encoder is given
};

/// image [3, h, w] float in 0..1 on the CPU: the view, or a tile of it.
PreparedView prepareView(const ImageView& view, const torch::Tensor& image, const peft::AdaptedSam& network);

/// What the network, with the adapter as it is, makes of a view.
struct ViewMaps {
    std::vector<torch::Tensor>
        used;  ///< the view's first `depth` maps, [1, Cᵢ, hᵢ, wᵢ]; they cover exactly the view
    torch::Tensor embedding;  ///< [1, C, h, w], for the mask decoder; undefined where the view ends before it
};
ViewMaps mapsOf(const ImageView& view, const PreparedView& prepared, peft::AdaptedSam& network);

}  // namespace finebrush
