#pragma once

#include "core/session/session.h"

#include <QString>

namespace finebrush {

/// Where a point of the image lies: in the patient ("L 12.3  P 40.0  S 7.5 mm") or on the map (its units,
/// degrees and the reference system); empty where the file does not say.
QString placeText(const OpenedImage& image, PointInImage point);

}  // namespace finebrush
