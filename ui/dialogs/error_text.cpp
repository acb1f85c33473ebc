#include "ui/dialogs/error_text.h"

#include <QCoreApplication>

namespace finebrush {

QString errorText(const Error& error) {
    const QString sentence = QCoreApplication::translate("Error", errorSentence(error.code));
    QString text;
    // Filled in one pass: an argument may itself hold "%1", as a file name can.
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const bool placeholder = sentence[i] == u'%' && i + 1 < sentence.size() && sentence[i + 1] >= u'1' &&
                                 sentence[i + 1] <= u'9';
        if (!placeholder) {
            text += sentence[i];
            continue;
        }
        const size_t index = static_cast<size_t>(sentence[++i].digitValue()) - 1;
        if (index < error.arguments.size()) text += QString::fromStdString(error.arguments[index]);
    }
    return text;
}

}  // namespace finebrush
