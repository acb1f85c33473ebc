#pragma once

#include <QString>
#include <QStringList>

#include <span>
#include <string>

namespace finebrush {

/// What the core says within a sentence ("its palette is missing or damaged", "the GPU"), in the language of
/// the window; as it stands where no translation of it is known, as a name of a file or of a tensor is.
QString reasonText(const std::string& reason);

/// The reasons that can be told in another language, in the core's words with %1, %2 ... for what it puts in.
std::span<const char* const> knownReasons();

/// A text with its placeholders %1, %2 ... filled. In one pass: what is put in may itself hold "%1", as a
/// file name can.
QString filled(const QString& text, const QStringList& places);

}  // namespace finebrush
