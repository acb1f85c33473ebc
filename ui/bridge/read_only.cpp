#include "ui/bridge/read_only.h"

#include <QCoreApplication>

namespace finebrush {

QString readOnlyReason() {
    return QCoreApplication::translate(
        "finebrush::ReadOnly",
        "This project is open in another window. Save it under another name to change it.");
}

QString withReadOnlyReason(const QString& toolTip, bool isReadOnly) {
    return isReadOnly ? toolTip + QLatin1Char('\n') + readOnlyReason() : toolTip;
}

}  // namespace finebrush
