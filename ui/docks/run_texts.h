#pragma once

#include "core/session/session.h"

#include <QString>

namespace finebrush {

// What a person reads of an adaptation that ended, in the language of the window.

/// How well the model that is kept did on the strokes that were held out.
QString scoreText(const messages::Adapted& outcome);
/// When it ended, how it was done and, where it was trained here, which model is kept, in one line.
QString runTitle(const AdaptationRun& run);
/// Which model is kept, how it was done, how long it took, how much was trained, and when.
QString factsText(const AdaptationRun& run);

}  // namespace finebrush
