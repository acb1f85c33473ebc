#pragma once

#include "ui/canvas/view_transform.h"

#include <QRect>
#include <QString>

class QFont;
class QPainter;

namespace finebrush {

/// A ring around a place of the image, with words under it.
struct SpotMarker {
    PointInImage middle;
    double radius = 0;  ///< px of the image; 0: there are the words alone
    QString caption;
};

/// In the frame of the view; `view` is where the caption may lie.
void drawSpotMarker(QPainter& painter, const SpotMarker& marker, const ViewTransform& transform,
                    const QRect& view);
/// What of the view it may cover.
QRect spotMarkerInView(const SpotMarker& marker, const ViewTransform& transform, const QFont& font,
                       const QRect& view);

}  // namespace finebrush
