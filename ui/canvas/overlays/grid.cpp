#include "ui/canvas/overlays/grid.h"

#include "ui/canvas/overlays/scale_bar.h"

#include <QLineF>
#include <QList>
#include <QPainter>

#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr double kClosest = 10;  // view px between two lines that are still two

/// Of the two lines that are drawn for one, out of 255.
struct Strength {
    int black;
    int white;
};
constexpr Strength kRuled{120, 100};
constexpr Strength kBorders{60, 45};

void drawGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part, QSizeF step,
              Strength strength) {
    QList<QLineF> lines;
    const auto add = [&](PointInImage from, PointInImage to) {
        lines << QLineF(transform.viewFromImage(from), transform.viewFromImage(to));
    };
    const double left = part.x, right = part.right(), top = part.y, bottom = part.bottom();
    for (double i = std::ceil(left / step.width()); i * step.width() <= right; ++i)
        add({i * step.width(), top}, {i * step.width(), bottom});
    for (double i = std::ceil(top / step.height()); i * step.height() <= bottom; ++i)
        add({left, i * step.height()}, {right, i * step.height()});
    painter.setRenderHint(QPainter::Antialiasing, false);
    // White beside black is seen on every image.
    painter.setPen(QColor(0, 0, 0, strength.black));
    painter.drawLines(lines);
    painter.translate(1, 1);
    painter.setPen(QColor(255, 255, 255, strength.white));
    painter.drawLines(lines);
    painter.translate(-1, -1);
}

}  // namespace

QSizeF ruledStep(const ViewTransform& transform, const std::optional<QSizeF>& metresPerPixel,
                 double longest) {
    const QSizeF unitsPerPixel = metresPerPixel.value_or(QSizeF(1, 1));
    const QSizeF shape = transform.pixelShape();
    double across = transform.scale() * shape.width() / unitsPerPixel.width();  // view px a unit
    double down = transform.scale() * shape.height() / unitsPerPixel.height();
    if (transform.quarterTurns() % 2 == 1) std::swap(across, down);
    double length = roundLength(longest / across);
    if (length * down < kClosest) length = roundLength(longest / down);
    return {length / unitsPerPixel.width(), length / unitsPerPixel.height()};
}

void drawRuledGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part, QSizeF step) {
    if (!step.isEmpty()) drawGrid(painter, transform, part, step, kRuled);
}

void drawPixelGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part) {
    drawGrid(painter, transform, part, {1, 1}, kBorders);
}

}  // namespace finebrush
