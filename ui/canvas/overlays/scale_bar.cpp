#include "ui/canvas/overlays/scale_bar.h"

#include "ui/canvas/overlays/plate.h"

#include <QPainter>

#include <array>
#include <cmath>

namespace finebrush {

namespace {

constexpr int kMargin = 10;  // from the corner to the plate
constexpr int kPadding = 7;  // from the edge of the plate to the bar
constexpr int kBarHeight = 3;
constexpr int kGap = 4;  // between bar and text
constexpr double kRounding = 1e-9;
constexpr int kDigits = 6;

}  // namespace

QString lengthText(double metres, int digits) {
    struct Unit {
        double metres;
        const char16_t* name;
    };
    static constexpr std::array<Unit, 4> kUnits = {{{1000, u"km"}, {1, u"m"}, {1e-3, u"mm"}, {1e-6, u"µm"}}};
    const Unit* unit = kUnits.begin();
    while (unit != kUnits.end() - 1 && metres < unit->metres * (1 - kRounding)) ++unit;
    return QStringLiteral("%1 %2").arg(metres / unit->metres, 0, 'g', digits).arg(QStringView(unit->name));
}

double roundLength(double limit) {
    const double power = std::pow(10, std::floor(std::log10(limit) + kRounding));
    for (const double step : {5.0, 2.0}) {
        if (step * power <= limit * (1 + kRounding)) return step * power;
    }
    return power;
}

ScaleBar scaleBarFor(double scale, std::optional<double> metresPerPixel, double maxLength) {
    if (metresPerPixel) {
        const double metres = roundLength(maxLength / scale * *metresPerPixel);
        return {metres / *metresPerPixel * scale, lengthText(metres, kDigits)};
    }
    const double pixels = roundLength(maxLength / scale);
    return {pixels * scale, QStringLiteral("%1 px").arg(pixels, 0, 'g', 9)};
}

void drawScaleBar(QPainter& painter, const ScaleBar& bar, const QRect& view) {
    const QFontMetrics font(painter.font());
    const int width = std::max(static_cast<int>(std::ceil(bar.length)), font.horizontalAdvance(bar.text));
    const int height = kBarHeight + kGap + font.height();
    const QRect plate(view.left() + kMargin, view.bottom() - kMargin - height - 2 * kPadding,
                      width + 2 * kPadding, height + 2 * kPadding);
    drawPlate(painter, plate);
    const QRect inside = plate.adjusted(kPadding, kPadding, -kPadding, -kPadding);
    painter.drawText(inside, Qt::AlignHCenter | Qt::AlignTop, bar.text);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF line(inside.left() + (inside.width() - bar.length) / 2, inside.bottom() + 1 - kBarHeight,
                      bar.length, kBarHeight);
    painter.fillRect(line, Qt::white);
}

}  // namespace finebrush
