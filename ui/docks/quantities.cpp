#include "ui/docks/quantities.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("finebrush::Duration", text);
}

}  // namespace

QString durationText(double seconds) {
    const qint64 whole = std::llround(std::max(0.0, seconds));
    if (whole < 60) return translated(QT_TRANSLATE_NOOP("finebrush::Duration", "%1 s")).arg(whole);
    if (whole < 3600) {
        return translated(QT_TRANSLATE_NOOP("finebrush::Duration", "%1 min %2 s"))
            .arg(whole / 60)
            .arg(whole % 60);
    }
    return translated(QT_TRANSLATE_NOOP("finebrush::Duration", "%1 h %2 min"))
        .arg(whole / 3600)
        .arg(whole % 3600 / 60);
}

QString roughDurationText(double seconds) {
    constexpr qint64 kTensOfMinute = 6;
    const qint64 tens = std::max<qint64>(1, std::llround(seconds / 10));
    if (tens < 2 * kTensOfMinute && tens != kTensOfMinute)
        return durationText(static_cast<double>(tens * 10));
    const qint64 minutes = std::llround(seconds / 60);
    if (minutes < 60) return translated(QT_TRANSLATE_NOOP("finebrush::Duration", "%1 min")).arg(minutes);
    return durationText(static_cast<double>(minutes * 60));
}

QString percentText(double percent) {
    return QCoreApplication::translate("finebrush::Quantity", "%1 %").arg(std::lround(percent));
}

}  // namespace finebrush
