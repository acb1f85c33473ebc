#pragma once

#include "core/session/images/crosshair.h"
#include "ui/canvas/view_transform.h"

#include <QColor>
#include <QRect>

#include <optional>

class QPainter;

namespace finebrush {

/// Where the other planes of a volume cut through the one that is shown: a line for each, in its colour.
struct CrosshairLines {
    PointInImage point;  ///< where they cross
    QColor upright;      ///< of the plane along the columns of the image
    QColor level;        ///< of that along its rows
    QColor own;          ///< of the plane that is shown
    bool operator==(const CrosshairLines&) const = default;
};

/// The lines of a crosshair in the slice of a view that goes through it: axial red, coronal green, sagittal
/// yellow, as in 3D Slicer. Nothing where it lies outside of the volume.
std::optional<CrosshairLines> crosshairLines(const VolumeGrid& grid, SliceView view,
                                             const Crosshair& crosshair);

/// Draws the lines over an image of this size, with a gap where they cross.
void drawCrosshair(QPainter& painter, const CrosshairLines& lines, const ViewTransform& transform,
                   PixelSize image);

/// Draws along the upper edge of a view which plane it shows.
void drawPlaneColour(QPainter& painter, const CrosshairLines& lines, const QRect& view);

}  // namespace finebrush
