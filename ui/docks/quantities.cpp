#include "ui/docks/quantities.h"

#include <QCoreApplication>

#include <cmath>

namespace finebrush {

QString durationText(double seconds) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("finebrush::Duration", text);
    };
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

QString percentText(double percent) {
    return QCoreApplication::translate("finebrush::Quantity", "%1 %").arg(std::lround(percent));
}

}  // namespace finebrush
