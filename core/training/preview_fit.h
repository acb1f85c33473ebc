#pragma once

#include "core/base/result.h"
#include "core/inference/adapted_model.h"
#include "core/training/recipe.h"
#include "core/training/view_maps_cache.h"

#include <memory>
#include <vector>

namespace finebrush::training {

/// Makes read-outs whose channels are standardised over random points of all images (not only painted ones,
/// so that they fit what will be predicted). Their weights are zero. One a view.
std::vector<ReadOut> makeReadOuts(ViewMapsCache& maps, int64_t classes, const Recipe& recipe, uint64_t seed);

/// Fits the model's read-outs to strokes (one list an image) with the network as it is. With a fresh adapter
/// this is the instant preview.
void fitReadOuts(AdaptedModel& model, ViewMapsCache& maps, const std::vector<std::vector<Stroke>>& strokes,
                 const Recipe& recipe, uint64_t seed);

/// Mean over classes of the IoU between predicted and painted classes on strokes; NaN where there are none.
double strokeScore(AdaptedModel& model, ViewMapsCache& maps, const std::vector<std::vector<Stroke>>& strokes,
                   const Recipe& recipe, uint64_t seed);

}  // namespace finebrush::training
