#pragma once

#include "core/session/session.h"

#include <QDateTime>
#include <QString>

#include <variant>

namespace finebrush {

/// Something the person should know and need not answer: a failure, or a job that is done.
struct SeenNotice {
    QDateTime time;
    std::variant<Error, JobFinished> what;

    /// Whether something failed: that earlier work is still here is good to know.
    bool isError() const;
    /// Whether it is a file that could not be opened.
    bool isUnopenedFile() const;
    /// Raw text of the library or system beneath; empty where there is none.
    QString detail() const;
    /// The sentence, in the language of the window.
    QString text() const;
};

}  // namespace finebrush
