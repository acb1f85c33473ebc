#include "ui/dialogs/error_text.h"

#include "ui/dialogs/reason_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace finebrush {

namespace {

/// Others hold names alone, of files and of classes.
bool holdsReasons(ErrorCode code) {
    switch (code) {
        case ErrorCode::ImageDamaged:
        case ErrorCode::ImageTypeUnsupported:
        case ErrorCode::SeriesNotAStack:
        case ErrorCode::LabelsMalformed:
        case ErrorCode::LabelsGridMismatch:
        case ErrorCode::CheckpointMalformed:
        case ErrorCode::CheckpointMismatch:
        case ErrorCode::AdapterMalformed:
        case ErrorCode::AdapterMismatch:
        case ErrorCode::OutOfMemory:
        case ErrorCode::OptionInvalid:
        case ErrorCode::ClassesMalformed:
        case ErrorCode::ProjectMalformed:
        case ErrorCode::ProtocolMalformed:
        case ErrorCode::Internal:
            return true;
        default:
            return false;
    }
}

}  // namespace

QString errorText(const Error& error) {
    QStringList places;
    for (const std::string& argument : error.arguments)
        places << (holdsReasons(error.code) ? reasonText(argument) : QString::fromStdString(argument));
    return filled(QCoreApplication::translate("Error", errorSentence(error.code)), places);
}

}  // namespace finebrush
