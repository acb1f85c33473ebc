#pragma once

#include <QRgb>

namespace finebrush {

/// A premultiplied colour with a share, of 255, of its opacity.
inline QRgb faded(QRgb colour, int share) {
    const auto part = [share](int channel) { return channel * share / 255; };
    return qRgba(part(qRed(colour)), part(qGreen(colour)), part(qBlue(colour)), part(qAlpha(colour)));
}

}  // namespace finebrush
