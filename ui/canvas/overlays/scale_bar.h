#pragma once

#include <QRect>
#include <QString>

#include <optional>

class QPainter;

namespace finebrush {

/// A bar of a round length in the view.
struct ScaleBar {
    double length = 0;  ///< px of the view
    QString text;       ///< "200 µm", "5 km", "100 px"
};

/// "200 µm", "5 km": in the unit that fits, with so many digits at most.
QString lengthText(double metres, int digits);

/// 1, 2 or 5 times a power of ten, the largest up to a limit (positive).
double roundLength(double limit);

/// The bar of 1, 2 or 5 times a power of ten that is the longest of at most `maxLength` px of the view.
/// `scale` in view px per px of the image; `metresPerPixel` nothing where it is not known.
ScaleBar scaleBarFor(double scale, std::optional<double> metresPerPixel, double maxLength);

/// Draws it into the lower left corner of a rectangle of the view.
void drawScaleBar(QPainter& painter, const ScaleBar& bar, const QRect& view);

}  // namespace finebrush
