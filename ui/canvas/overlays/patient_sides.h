#pragma once

#include "core/session/images/opened_image.h"
#include "ui/canvas/view_transform.h"

#include <QRect>
#include <QString>

#include <array>

class QPainter;

namespace finebrush {

/// To which sides of the patient the left, upper, right and lower edge of a view lie: R or L, A or P, S or I,
/// and two of them where the slice is oblique. Empty where the file does not place its voxels.
std::array<QString, 4> patientSides(const OpenedImage& image, const ViewTransform& transform);

/// Writes them at the middle of the edges of a rectangle of the view.
void drawPatientSides(QPainter& painter, const std::array<QString, 4>& sides, const QRect& view);

}  // namespace finebrush
