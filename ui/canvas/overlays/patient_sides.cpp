#include "ui/canvas/overlays/patient_sides.h"

#include "ui/canvas/overlays/plate.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace finebrush {

namespace {

constexpr int kMargin = 8;  // from the edge of the view to the plate
constexpr int kPadding = 5;
constexpr double kFarAway = 100;  // view px, so that rounding does not matter
/// Of a direction's length; a lesser part of it is not worth a letter. Below sin 22.5°.
constexpr double kLeastShare = 0.38;

constexpr std::array<QPointF, 4> kWays = {{{-1, 0}, {0, -1}, {1, 0}, {0, 1}}};

/// What a direction in the patient (LPS, see `VolumeGrid`) leads to, the larger part first.
QString lettersOf(const std::array<double, 3>& direction) {
    constexpr std::array<const char*, 3> kLetters = {"LR", "PA", "SI"};  // along the axis, against it
    const double length = std::hypot(direction[0], direction[1], direction[2]);
    std::array<size_t, 3> axes = {0, 1, 2};
    std::ranges::stable_sort(axes, std::greater(), [&](size_t axis) { return std::abs(direction[axis]); });
    QString letters;
    for (const size_t axis : axes) {
        if (std::abs(direction[axis]) < kLeastShare * length || length == 0) continue;
        letters += QLatin1Char(kLetters[axis][direction[axis] > 0 ? 0 : 1]);
    }
    return letters;
}

}  // namespace

std::array<QString, 4> patientSides(const OpenedImage& image, const ViewTransform& transform) {
    std::array<QString, 4> sides;
    const auto placeOf = [&](QPointF pointInView) {
        return patientFromPixel(image.grid, image.plane, transform.imageFromView(pointInView));
    };
    const std::optional<std::array<double, 3>> here = placeOf({});
    for (size_t i = 0; here && i < sides.size(); ++i) {
        std::array<double, 3> way = placeOf(kWays[i] * kFarAway).value();
        for (size_t axis = 0; axis < way.size(); ++axis) way[axis] -= here->at(axis);
        sides[i] = lettersOf(way);
    }
    return sides;
}

void drawPatientSides(QPainter& painter, const std::array<QString, 4>& sides, const QRect& view) {
    const QFontMetrics font(painter.font());
    for (size_t i = 0; i < sides.size(); ++i) {
        if (sides[i].isEmpty()) continue;
        QRect plate(0, 0, std::max(font.horizontalAdvance(sides[i]), font.height()) + kPadding,
                    font.height() + kPadding);
        plate.moveCenter(view.center());
        if (i == 0) plate.moveLeft(view.left() + kMargin);
        if (i == 1) plate.moveTop(view.top() + kMargin);
        if (i == 2) plate.moveRight(view.right() - kMargin);
        if (i == 3) plate.moveBottom(view.bottom() - kMargin);
        drawPlate(painter, plate);
        painter.drawText(plate, Qt::AlignCenter, sides[i]);
    }
}

}  // namespace finebrush
