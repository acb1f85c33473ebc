#pragma once

#include "core/session/session.h"

#include <QString>

#include <optional>
#include <vector>

namespace finebrush {

/// In what a place is counted.
enum class PlaceFrame {
    Pixels,   ///< of the image; the first is 0 0
    Map,      ///< the units of its map
    Degrees,  ///< longitude and latitude on WGS 84
    Patient   ///< mm to the left, to the back and to the head
};

/// Those in which places of an image can be told.
std::vector<PlaceFrame> placeFramesOf(const OpenedImage& image);

/// What a person who wants to go to a place has typed.
struct PlaceEntry {
    std::optional<PointInImage> point;
    std::optional<int> slice;  ///< of the view that is shown, where the frame is the patient
    QString problem;           ///< why there is no point, as a sentence
};

/// Reads a place in one of the frames of the image, as numbers in their order or as the status line shows it
/// ("N 48.13743°  E 11.57549°", "L 12.3  P 40.0  I 7.5 mm"), whose letters and signs count for more than the
/// frame. A comma is a decimal one where another sign separates the numbers.
PlaceEntry placeFromText(const QString& text, const OpenedImage& image, PlaceFrame frame);

}  // namespace finebrush
