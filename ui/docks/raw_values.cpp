#include "ui/docks/raw_values.h"

#include "ui/bridge/conversions.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

int decimalsFor(const OpenedImage& image) {
    const double span = std::max(image.values.whole.span(), image.display.high - image.display.low);
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(span))), 1, 9);
}

QString bandText(const OpenedImage& image, int band) {
    const auto place = static_cast<size_t>(band);
    const bool isNamed = place < image.bandNames.size() && !image.bandNames[place].empty();
    return isNamed ? toQString(image.bandNames[place]) : QString::number(band + 1);
}

}  // namespace finebrush
