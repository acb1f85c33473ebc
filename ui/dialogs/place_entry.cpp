#include "ui/dialogs/place_entry.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace finebrush {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("finebrush::PlaceEntry", text);
}

bool isInside(PointInImage point, PixelSize size) {
    return point.x >= 0 && point.y >= 0 && point.x < size.width && point.y < size.height;
}

/// "500000 – 502560": what two corners of the image span.
QString spanText(double one, double other, int decimals) {
    return QStringLiteral("%1 – %2")
        .arg(std::min(one, other), 0, 'f', decimals)
        .arg(std::max(one, other), 0, 'f', decimals);
}

QString outsideText(const OpenedImage& image, bool onMap) {
    const PixelSize size = image.pixels.size;
    const QString sentence = translated(
        QT_TRANSLATE_NOOP("finebrush::PlaceEntry", "This place is outside the image (x %1, y %2)."));
    if (!onMap) return sentence.arg(spanText(0, size.width - 1, 0), spanText(0, size.height - 1, 0));
    const Georeference::Place first = image.georeference->placeOf({0, 0});
    const Georeference::Place last = image.georeference->placeOf({double(size.width), double(size.height)});
    const int decimals = image.georeference->unit().starts_with("degree") ? 5 : 1;
    return sentence.arg(spanText(first.x, last.x, decimals), spanText(first.y, last.y, decimals));
}

}  // namespace

PlaceEntry placeFromText(const QString& text, const OpenedImage& image, bool onMap) {
    static const QRegularExpression twoNumbers(
        QStringLiteral(R"(^\s*([-+]?\d+(?:\.\d*)?)(?:\s*[,;]\s*|\s+)([-+]?\d+(?:\.\d*)?)\s*$)"));
    const QRegularExpressionMatch match = twoNumbers.match(text);
    if (!match.hasMatch()) {
        return {std::nullopt, translated(QT_TRANSLATE_NOOP("finebrush::PlaceEntry",
                                                           "Type two numbers, x and y, such as 120 80."))};
    }
    const double x = match.captured(1).toDouble();
    const double y = match.captured(2).toDouble();
    // The middle of the pixel of these numbers.
    const std::optional<PointInImage> point =
        onMap ? image.georeference->imageFromMap(x, y) : std::optional(PointInImage{x + 0.5, y + 0.5});
    if (!point || !isInside(*point, image.pixels.size)) return {std::nullopt, outsideText(image, onMap)};
    return {point, {}};
}

}  // namespace finebrush
