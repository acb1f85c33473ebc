#pragma once

#include "core/base/result.h"
#include "core/inference/adapted_model.h"
#include "core/training/preview/view_maps_cache.h"
#include "core/training/recipe.h"

#include <memory>
#include <vector>

namespace finebrush::training {

/// Makes read-outs whose channels are standardised over random points of all images (not only painted ones,
/// so that they fit what will be predicted). Their weights are zero. One a view.
std::vector<ReadOut> makeReadOuts(ViewMapsCache& maps, int64_t classes, const Recipe& recipe, uint64_t seed);

/// What the network, as it is, makes of the painted pixels of one image.
struct PaintedFeatures {
    torch::Tensor features;  ///< [N, ΣC], of all views side by side, standardised
    torch::Tensor labels;    ///< [N] int64
    torch::Tensor strokes;   ///< [N] int64: place in the image's list of strokes
    size_t image = 0;        ///< place in the training set
};

/// One for each image that `strokes` (one list an image) paint, of the images as they are.
std::vector<PaintedFeatures> paintedFeatures(AdaptedModel& model, ViewMapsCache& maps,
                                             const std::vector<std::vector<Stroke>>& strokes,
                                             const Recipe& recipe, uint64_t seed);

/// The same and, of each image, variations in other lights.
std::vector<PaintedFeatures> relitFeatures(AdaptedModel& model, ViewMapsCache& maps,
                                           const std::vector<std::vector<Stroke>>& strokes,
                                           const Recipe& recipe, uint64_t seed);

/// What is left of them without the strokes that are held out (`StrokeSplit::isHeldOut`).
std::vector<PaintedFeatures> withoutStrokes(const std::vector<PaintedFeatures>& painted,
                                            const std::vector<std::vector<bool>>& isHeldOut);

/// Fits the model's read-outs. With a fresh adapter this is the instant preview.
void fitReadOuts(AdaptedModel& model, const std::vector<PaintedFeatures>& painted, double penalty);

/// Whether read-outs that were also fitted to images in other lights tell the strokes of images that they
/// have not seen better: by the cross-entropy, every class of an image of equal weight, leaving out one image
/// at a time. False for a single image.
bool relightingHelps(const std::vector<PaintedFeatures>& plain, const std::vector<PaintedFeatures>& relit,
                     int64_t classes, const Recipe& recipe);

/// Mean over classes of the IoU between predicted and painted classes on strokes; NaN where there are none.
double strokeScore(AdaptedModel& model, ViewMapsCache& maps, const std::vector<std::vector<Stroke>>& strokes,
                   const Recipe& recipe, uint64_t seed);

}  // namespace finebrush::training
