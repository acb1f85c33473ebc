#include "ui/docks/notice.h"

#include "ui/bridge/conversions.h"
#include "ui/dialogs/error_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace finebrush {

namespace {

/// "0 → Background, 1 → Class 1".
QString classesText(const std::map<uint8_t, std::string>& classOfValue) {
    constexpr qsizetype kNamed = 8;
    QStringList pairs;
    for (const auto& [value, name] : classOfValue) {
        if (pairs.size() == kNamed) {
            pairs << QStringLiteral("…");
            break;
        }
        pairs << QStringLiteral("%1 → %2").arg(QString::number(value), QString::fromStdString(name));
    }
    return pairs.join(QStringLiteral(", "));
}

QString jobText(const JobFinished& job) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("finebrush::Notice", text);
    };
    const QString path = job.files.empty() ? QString() : toQString(job.files.front());
    const QString folder = job.files.empty() ? QString() : toQString(job.files.front().parent_path());
    switch (job.kind) {
        case JobFinished::Kind::SavedProject:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The project was saved: %1")).arg(path);
        case JobFinished::Kind::AcceptedPrediction:
            if (job.files.empty())
                return translated(QT_TRANSLATE_NOOP(
                    "finebrush::Notice", "The prediction adds nothing to the labels of this image"));
            return translated(
                       QT_TRANSLATE_NOOP("finebrush::Notice",
                                         "The prediction is now among the labels of %1. Undo takes it back"))
                .arg(toQString(job.files.front().filename()));
        case JobFinished::Kind::ExportedMasks:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "Masks were written to %1 (files: %2)"))
                .arg(folder)
                .arg(job.files.size());
        case JobFinished::Kind::ExportedOverlays:
            return translated(
                       QT_TRANSLATE_NOOP("finebrush::Notice", "Overlays were written to %1 (files: %2)"))
                .arg(folder)
                .arg(job.files.size());
        case JobFinished::Kind::ExportedCoco:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The COCO file was written: %1"))
                .arg(path);
        case JobFinished::Kind::ExportedLabelme:
            return translated(
                       QT_TRANSLATE_NOOP("finebrush::Notice", "labelme files were written to %1 (files: %2)"))
                .arg(folder)
                .arg(job.files.size());
        case JobFinished::Kind::ExportedOnGrid:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "Labels were written to %1 (files: %2)"))
                .arg(folder)
                .arg(job.files.size());
        case JobFinished::Kind::ExportedAdapter:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The adapter was written to %1"))
                .arg(folder);
        case JobFinished::Kind::ExportedStatistics:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The class statistics were written: %1"))
                .arg(path);
        case JobFinished::Kind::ExportedCurves:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The learning curves were written: %1"))
                .arg(path);
        case JobFinished::Kind::ExportedClasses:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The class list was written: %1"))
                .arg(path);
        case JobFinished::Kind::ImportedLabels:
            if (!job.classOfValue.empty())
                return translated(QT_TRANSLATE_NOOP("finebrush::Notice",
                                                    "Labels were imported (images: %1). Values: %2"))
                    .arg(QString::number(job.files.size()), classesText(job.classOfValue));
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "Labels were imported (images: %1)"))
                .arg(job.files.size());
        case JobFinished::Kind::ImportedClasses:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The class list was imported: %1"))
                .arg(path);
        case JobFinished::Kind::ImportedAdapter:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "The adapter was imported: %1"))
                .arg(path);
        case JobFinished::Kind::PredictedImages:
            if (job.files.empty())
                return translated(
                    QT_TRANSLATE_NOOP("finebrush::Notice", "The model has predicted all images already"));
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "All images are predicted (new: %1)"))
                .arg(job.files.size());
        case JobFinished::Kind::InterpolatedSlices:
            return translated(QT_TRANSLATE_NOOP("finebrush::Notice", "Labels were interpolated (slices: %1)"))
                .arg(job.files.size());
        case JobFinished::Kind::TookCrossLabels:
            if (job.files.empty())
                return translated(QT_TRANSLATE_NOOP(
                    "finebrush::Notice",
                    "The other views have no label for pixels of this slice that may be painted"));
            return translated(QT_TRANSLATE_NOOP(
                "finebrush::Notice", "Labels of the other views were taken. Undo takes them back"));
        case JobFinished::Kind::StoppedExport:
            return translated(
                       QT_TRANSLATE_NOOP("finebrush::Notice",
                                         "The export was stopped; what was written whole stays (files: %1)"))
                .arg(job.files.size());
        case JobFinished::Kind::StoppedImport:
            return translated(
                QT_TRANSLATE_NOOP("finebrush::Notice", "The import was stopped; nothing was imported"));
        case JobFinished::Kind::StoppedPrediction:
            return translated(
                       QT_TRANSLATE_NOOP("finebrush::Notice",
                                         "Predicting was stopped; what is predicted stays (new images: %1)"))
                .arg(job.files.size());
    }
    return {};
}

}  // namespace

bool SeenNotice::isError() const {
    const Error* error = std::get_if<Error>(&what);
    return error && error->code != ErrorCode::UnsavedWorkFound;
}

bool SeenNotice::isUnopenedFile() const {
    static constexpr std::array kRefusals = {
        ErrorCode::FileMissing,   ErrorCode::FileNotReadable,      ErrorCode::NotARegularFile,
        ErrorCode::ImageDamaged,  ErrorCode::ImageTypeUnsupported, ErrorCode::ImageFormatUnknown,
        ErrorCode::ImageTooLarge, ErrorCode::SeriesNotAStack,      ErrorCode::SeveralSeries};
    const Error* error = std::get_if<Error>(&what);
    return error && std::ranges::find(kRefusals, error->code) != kRefusals.end();
}

QString SeenNotice::detail() const {
    const Error* error = std::get_if<Error>(&what);
    return error ? QString::fromStdString(error->detail) : QString();
}

QString SeenNotice::text() const {
    const Error* error = std::get_if<Error>(&what);
    return error ? errorText(*error) : jobText(std::get<JobFinished>(what));
}

}  // namespace finebrush
