#pragma once

#include "core/base/files.h"
#include "core/base/geometry.h"
#include "core/labels/class_table.h"

#include <QColor>
#include <QPointF>
#include <QString>

#include <filesystem>

namespace finebrush {

// Between the core's values and Qt's.

inline QString toQString(const std::string& utf8Text) {
    return QString::fromStdString(utf8Text);
}
inline QString toQString(const std::filesystem::path& path) {
    return QString::fromStdString(utf8(path));
}
inline std::filesystem::path toPath(const QString& text) {
    return pathFromUtf8(text.toStdString());
}

inline QColor toQColor(Colour colour) {
    return {colour.red, colour.green, colour.blue};
}
inline Colour toColour(const QColor& colour) {
    return {static_cast<uint8_t>(colour.red()), static_cast<uint8_t>(colour.green()),
            static_cast<uint8_t>(colour.blue())};
}

inline QString toQString(PixelSize size) {
    return QStringLiteral("%1 × %2").arg(size.width).arg(size.height);
}

}  // namespace finebrush
