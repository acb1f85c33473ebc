#include "ui/main_window/status/place_text.h"

#include "ui/bridge/conversions.h"

#include <QCoreApplication>

#include <cmath>

namespace finebrush {

namespace {

constexpr qsizetype kLongestName = 28;

/// A name that leaves room for what stands behind it; the tool tip has all of it.
QString shortName(const QString& name) {
    return name.size() <= kLongestName ? name : name.left(kLongestName - 1).trimmed() + u'…';
}

/// A length in the direction that its sign says.
QString directed(double value, QChar positive, QChar negative, int decimals) {
    return QStringLiteral("%1 %2")
        .arg(value < 0 ? negative : positive)
        .arg(std::abs(value), 0, 'f', decimals);
}

QString patientText(const std::array<double, 3>& place) {
    return QCoreApplication::translate("finebrush::PlaceText", "%1  %2  %3 mm")
        .arg(directed(place[0], u'L', u'R', 1), directed(place[1], u'P', u'A', 1),
             directed(place[2], u'S', u'I', 1));
}

QString degreesText(const Georeference::Place::Degrees& degrees) {
    return QStringLiteral("%1°  %2°")
        .arg(directed(degrees.latitude, u'N', u'S', 5), directed(degrees.longitude, u'E', u'W', 5));
}

QString mapText(const Georeference& reference, PointInImage point) {
    const Georeference::Place place = reference.placeOf(point);
    const bool isInDegrees = reference.unit().starts_with("degree");
    QStringList parts;
    if (!isInDegrees || !place.degrees) {
        const QString unit = reference.unit() == "metre" ? QStringLiteral(" m") : QString();
        parts << QStringLiteral("%1, %2%3").arg(place.x, 0, 'f', 1).arg(place.y, 0, 'f', 1).arg(unit);
    }
    if (place.degrees) parts << degreesText(*place.degrees);
    if (!reference.crsName().empty()) parts << shortName(toQString(reference.crsName()));
    return parts.join(QStringLiteral("   "));
}

}  // namespace

QString placeText(const OpenedImage& image, PointInImage point) {
    if (image.georeference) return mapText(*image.georeference, point);
    const auto place = patientFromPixel(image.grid, image.plane, point);
    return place ? patientText(*place) : QString();
}

}  // namespace finebrush
