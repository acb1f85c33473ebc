#pragma once

#include "core/session/session.h"

#include <QString>

#include <optional>

namespace finebrush {

/// What a person who wants to go to a place has typed.
struct PlaceEntry {
    std::optional<PointInImage> point;
    QString problem;  ///< why there is no point, as a sentence
};

/// Reads "x y", in pixels of the image (the first is 0 0) or, where `onMap`, in the units of its map. The
/// image must have a georeference then.
PlaceEntry placeFromText(const QString& text, const OpenedImage& image, bool onMap);

}  // namespace finebrush
