#include "ui/charts/scale_colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace finebrush {

namespace {

// Even steps of lightness, told apart by colour-blind people and on light and dark ground.
const std::array<QColor, 5> kStops = {QColor(0x44, 0x4c, 0xa8), QColor(0x2f, 0x7f, 0xb8),
                                      QColor(0x2a, 0xa8, 0x94), QColor(0x8b, 0xc3, 0x4a),
                                      QColor(0xf2, 0xc9, 0x3c)};

}  // namespace

QColor scaleColour(int index, int count) {
    const double place = count <= 1 ? 0 : double(index) / (count - 1) * (kStops.size() - 1);
    const size_t lower = std::min(static_cast<size_t>(place), kStops.size() - 2);
    const double part = place - static_cast<double>(lower);
    const auto mix = [&](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * part));
    };
    const QColor& a = kStops[lower];
    const QColor& b = kStops[lower + 1];
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QString scaleName(int index, const std::vector<int>& scales) {
    const auto place = static_cast<size_t>(index);
    return QStringLiteral("%1×").arg(place < scales.size() ? scales[place] : index + 1);
}

}  // namespace finebrush
