#include "ui/dialogs/place_entry.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace finebrush {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("finebrush::PlaceEntry", text);
}

/// A letter that says which of the numbers one is, and whether it counts the other way.
struct Letter {
    char name;
    size_t place;
    int sign;
};

/// How places of a frame are written.
struct Notation {
    size_t numbers;
    std::vector<Letter> letters;
    const char* unit;      ///< that may follow a number, as a pattern
    const char* sentence;  ///< what is to be typed
};

const Notation& notationOf(PlaceFrame frame) {
    static const Notation pixels{
        2,
        {{'X', 0, 1}, {'Y', 1, 1}},
        "",
        QT_TRANSLATE_NOOP("finebrush::PlaceEntry", "Type two numbers, x and y, such as 120 80.")};
    static const Notation map{pixels.numbers, pixels.letters, "m?", pixels.sentence};
    static const Notation degrees{
        2,
        {{'E', 0, 1}, {'W', 0, -1}, {'N', 1, 1}, {'S', 1, -1}},
        "°?",
        QT_TRANSLATE_NOOP("finebrush::PlaceEntry",
                          "Type longitude and latitude in degrees, such as 11.5755 48.1374 or "
                          "N 48.1374 E 11.5755.")};
    static const Notation patient{
        3,
        {{'L', 0, 1}, {'R', 0, -1}, {'P', 1, 1}, {'A', 1, -1}, {'S', 2, 1}, {'I', 2, -1}},
        "(?:mm)?",
        QT_TRANSLATE_NOOP("finebrush::PlaceEntry",
                          "Type three numbers in mm, to the left, to the back and to the head, such as "
                          "12.3 40 -7.5 or L 12.3 P 40 I 7.5.")};
    switch (frame) {
        case PlaceFrame::Pixels:
            return pixels;
        case PlaceFrame::Map:
            return map;
        case PlaceFrame::Degrees:
            return degrees;
        case PlaceFrame::Patient:
            break;
    }
    return patient;
}

bool knowsDegrees(const OpenedImage& image) {
    return image.georeference && image.georeference->placeOf({0, 0}).degrees.has_value();
}

/// The frame that letters and signs in a text name, where the image has it.
PlaceFrame frameOf(const QString& text, const OpenedImage& image, PlaceFrame chosen) {
    static const QRegularExpression ofDegrees(QStringLiteral("[°NSEW]"),
                                              QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression ofPatient(QStringLiteral("[LRPASI]|mm"),
                                              QRegularExpression::CaseInsensitiveOption);
    if (text.contains(ofDegrees) && knowsDegrees(image)) return PlaceFrame::Degrees;
    if (text.contains(ofPatient) && image.grid.isPlaced) return PlaceFrame::Patient;
    return chosen;
}

/// A whole text of numbers, each with its letter before it, behind it, or with none.
QRegularExpression patternOf(const Notation& notation, const char* number, const char* separator,
                             int lettersAt) {
    QString letters;
    for (const Letter& letter : notation.letters) letters += QLatin1Char(letter.name);
    const QString letter = QStringLiteral("([%1])").arg(letters);
    const QString value =
        QStringLiteral("(%1)\\s*%2").arg(QLatin1String(number), QString::fromUtf8(notation.unit));
    const QString one = lettersAt < 0   ? letter + QStringLiteral("\\s*") + value
                        : lettersAt > 0 ? value + QStringLiteral("\\s*") + letter
                                        : value;
    QStringList parts;
    for (size_t i = 0; i < notation.numbers; ++i) parts << one;
    return QRegularExpression(QStringLiteral("^\\s*%1\\s*$").arg(parts.join(QLatin1String(separator))),
                              QRegularExpression::CaseInsensitiveOption);
}

/// The numbers of a text in their places; nothing where it is not of the notation.
std::optional<std::vector<double>> sorted(const Notation& notation, const QStringList& captured,
                                          int lettersAt) {
    std::vector<std::optional<double>> numbers(notation.numbers);
    const bool letterIsSign = notation.letters.size() > notation.numbers;
    for (size_t i = 0; i < notation.numbers; ++i) {
        const auto at = static_cast<qsizetype>(lettersAt == 0 ? i + 1 : 2 * i + 1);
        QString number = captured[at + (lettersAt < 0 ? 1 : 0)];
        const double value = number.replace(u',', u'.').toDouble();
        Letter letter{0, i, 1};
        if (lettersAt != 0) {
            const char name = captured[at + (lettersAt < 0 ? 0 : 1)].toUpper()[0].toLatin1();
            letter = *std::ranges::find(notation.letters, name, &Letter::name);
            if (letterIsSign && number.startsWith(u'-')) return std::nullopt;
        }
        if (numbers[letter.place]) return std::nullopt;  // it was there already
        numbers[letter.place] = letter.sign * value;
    }
    std::vector<double> all;
    for (const std::optional<double>& number : numbers) all.push_back(*number);
    return all;
}

std::optional<std::vector<double>> numbersFromText(QString text, const Notation& notation) {
    text.replace(QChar(0x2212), u'-').replace(QChar(0x00a0), u' ');
    // A decimal point leaves the comma to separate; a decimal comma needs more than a comma.
    constexpr std::pair<const char*, const char*> kStyles[] = {
        {R"([-+]?\d+(?:\.\d*)?)", R"(\s*,\s*)"}, {R"([-+]?\d+(?:\.\d*)?)", R"(\s*;\s*)"},
        {R"([-+]?\d+(?:\.\d*)?)", R"(\s+)"},     {R"([-+]?\d+(?:,\d+)?)", R"(\s*;\s*)"},
        {R"([-+]?\d+(?:,\d+)?)", R"(,\s+)"},     {R"([-+]?\d+(?:,\d+)?)", R"(\s+)"}};
    for (const int lettersAt : {0, -1, 1}) {
        for (const auto& [number, separator] : kStyles) {
            const auto match = patternOf(notation, number, separator, lettersAt).match(text);
            if (match.hasMatch()) return sorted(notation, match.capturedTexts(), lettersAt);
        }
    }
    return std::nullopt;
}

bool isInside(PointInImage point, PixelSize size) {
    return point.x >= 0 && point.y >= 0 && point.x < size.width && point.y < size.height;
}

PlaceEntry entryAt(const std::vector<double>& numbers, const OpenedImage& image, PlaceFrame frame) {
    PlaceEntry entry;
    switch (frame) {
        case PlaceFrame::Pixels:
            entry.point = {numbers[0] + 0.5, numbers[1] + 0.5};  // the middle of the pixel
            break;
        case PlaceFrame::Map:
            entry.point = image.georeference->imageFromMap(numbers[0], numbers[1]);
            break;
        case PlaceFrame::Degrees:
            entry.point = image.georeference->imageFromDegrees({numbers[0], numbers[1]});
            break;
        case PlaceFrame::Patient:
            if (const auto found =
                    sliceFromPatient(image.grid, image.plane.view, {numbers[0], numbers[1], numbers[2]})) {
                entry.point = found->point;
                entry.slice = found->index;
            }
            break;
    }
    if (entry.point && !isInside(*entry.point, image.pixels.size)) entry.point.reset();
    return entry;
}

/// "500000 – 502560": what some corners of the image span.
class Span {
  public:
    void add(double value) {
        low_ = std::min(low_, value);
        high_ = std::max(high_, value);
    }
    QString text(int decimals) const {
        return QStringLiteral("%1 – %2").arg(low_, 0, 'f', decimals).arg(high_, 0, 'f', decimals);
    }

  private:
    double low_ = std::numeric_limits<double>::infinity();
    double high_ = -std::numeric_limits<double>::infinity();
};

QString outsideMapText(const OpenedImage& image, PlaceFrame frame) {
    const double width = image.pixels.size.width, height = image.pixels.size.height;
    Span x, y, longitude, latitude;
    for (const PointInImage& corner :
         {PointInImage{0, 0}, PointInImage{width, 0}, PointInImage{0, height}, PointInImage{width, height}}) {
        const Georeference::Place place = image.georeference->placeOf(corner);
        x.add(place.x);
        y.add(place.y);
        if (!place.degrees) continue;
        longitude.add(place.degrees->longitude);
        latitude.add(place.degrees->latitude);
    }
    if (frame == PlaceFrame::Degrees) {
        return translated(QT_TRANSLATE_NOOP("finebrush::PlaceEntry",
                                            "This place is outside the image (longitude %1, latitude %2)."))
            .arg(longitude.text(5), latitude.text(5));
    }
    const int decimals = image.georeference->unit().starts_with("degree") ? 5 : 1;
    return translated(
               QT_TRANSLATE_NOOP("finebrush::PlaceEntry", "This place is outside the image (x %1, y %2)."))
        .arg(x.text(decimals), y.text(decimals));
}

QString outsidePatientText(const OpenedImage& image) {
    std::array<Span, 3> spans;
    const int last = sliceCount(image.grid, image.plane.view) - 1;
    for (const int index : {0, last}) {
        for (const double x : {0.0, double(image.pixels.size.width)}) {
            for (const double y : {0.0, double(image.pixels.size.height)}) {
                const auto place = patientFromPixel(image.grid, {image.plane.view, index, 0}, {x, y});
                for (size_t i = 0; i < spans.size(); ++i) spans[i].add((*place)[i]);
            }
        }
    }
    return translated(
               QT_TRANSLATE_NOOP(
                   "finebrush::PlaceEntry",
                   "This place is outside the volume (to the left %1, to the back %2, to the head %3 mm)."))
        .arg(spans[0].text(1), spans[1].text(1), spans[2].text(1));
}

QString outsideText(const OpenedImage& image, PlaceFrame frame) {
    if (frame == PlaceFrame::Patient) return outsidePatientText(image);
    if (frame != PlaceFrame::Pixels) return outsideMapText(image, frame);
    Span x, y;
    for (const double value : {0.0, image.pixels.size.width - 1.0}) x.add(value);
    for (const double value : {0.0, image.pixels.size.height - 1.0}) y.add(value);
    return translated(
               QT_TRANSLATE_NOOP("finebrush::PlaceEntry", "This place is outside the image (x %1, y %2)."))
        .arg(x.text(0), y.text(0));
}

}  // namespace

std::vector<PlaceFrame> placeFramesOf(const OpenedImage& image) {
    std::vector<PlaceFrame> frames = {PlaceFrame::Pixels};
    if (image.georeference) frames.push_back(PlaceFrame::Map);
    if (knowsDegrees(image)) frames.push_back(PlaceFrame::Degrees);
    if (image.grid.isPlaced) frames.push_back(PlaceFrame::Patient);
    return frames;
}

PlaceEntry placeFromText(const QString& text, const OpenedImage& image, PlaceFrame chosen) {
    const PlaceFrame frame = frameOf(text, image, chosen);
    const Notation& notation = notationOf(frame);
    const std::optional<std::vector<double>> numbers = numbersFromText(text, notation);
    if (!numbers) return {{}, {}, translated(notation.sentence)};
    PlaceEntry entry = entryAt(*numbers, image, frame);
    if (!entry.point) entry.problem = outsideText(image, frame);
    return entry;
}

}  // namespace finebrush
