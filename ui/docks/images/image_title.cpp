#include "ui/docks/images/image_title.h"

#include "ui/bridge/conversions.h"

#include <QCoreApplication>

namespace finebrush {

namespace {

QString sliceText(const SliceAddress& slice) {
    const auto numbered = [&](const char* text) {
        return QCoreApplication::translate("finebrush::ImageTitle", text).arg(slice.index + 1);
    };
    switch (slice.view) {
        case SliceView::Axial:
            return numbered(QT_TRANSLATE_NOOP("finebrush::ImageTitle", "axial %1"));
        case SliceView::Coronal:
            return numbered(QT_TRANSLATE_NOOP("finebrush::ImageTitle", "coronal %1"));
        case SliceView::Sagittal:
            return numbered(QT_TRANSLATE_NOOP("finebrush::ImageTitle", "sagittal %1"));
        case SliceView::Stored:
            break;
    }
    return numbered(QT_TRANSLATE_NOOP("finebrush::ImageTitle", "slice %1"));
}

}  // namespace

QString imageTitle(const ImageEntry& entry) {
    const QString title = toQString(entry.path.filename());
    return entry.slice ? title + QStringLiteral(" · ") + sliceTitle(*entry.slice) : title;
}

QString sliceTitle(const SliceAddress& slice) {
    const QString title = sliceText(slice);
    return slice.frame != 0 ? title + QStringLiteral(" · %1").arg(slice.frame + 1) : title;
}

}  // namespace finebrush
