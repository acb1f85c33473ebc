#pragma once

namespace finebrush {

/// What the canvas shows side by side of one image.
enum class Comparison {
    None,
    ImageAndOverlay,      ///< the bare image | with labels and prediction
    LabelsAndPrediction,  ///< with labels | with the prediction
};

}  // namespace finebrush
