#pragma once

#include "core/base/geometry.h"
#include "core/labels/label_map.h"
#include "core/messages/messages.h"

#include <vector>

namespace finebrush {

/// A place where the model is unsure and nothing is painted.
struct DoubtfulSpot {
    PointInImage middle;
    double radius = 0;     ///< px of the image; about as far as the doubt was averaged
    double certainty = 0;  ///< mean probability of the chosen classes, 0..1
    uint8_t value = 0;     ///< the class that was chosen most
};

/// Whether a prediction says how sure it is.
bool tellsDoubt(const messages::Prediction& prediction);

/// Such places of an image, the most doubtful first, none near another. Empty where the prediction does not
/// tell, or the model is sure of all that is not painted. `labels` are of the size of the prediction.
std::vector<DoubtfulSpot> doubtfulSpots(const messages::Prediction& prediction, const LabelMap& labels);

}  // namespace finebrush
