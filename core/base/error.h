#pragma once

#include <string>
#include <vector>

namespace finebrush {

/// Names an expected failure; `errors.def` holds the sentence of each.
enum class ErrorCode {
#define FINEBRUSH_ERROR(code, sentence) code,
#include "core/base/errors.def"
#undef FINEBRUSH_ERROR
};

/// An expected failure as a value: what happened (code), to what (arguments of the sentence), and the raw
/// text of the library or system beneath (detail; shown under *Details*, may be empty).
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::vector<std::string> arguments;
    std::string detail;

    bool operator==(const Error&) const = default;
};

/// Every code, in the order of `errors.def`.
const std::vector<ErrorCode>& allErrorCodes();

/// The English sentence of a code with its placeholders %1, %2 ... unfilled.
const char* errorSentence(ErrorCode code);

/// The identifier of a code, such as "FileMissing"; it names the code in messages and logs.
const char* errorName(ErrorCode code);

/// The code of an identifier; `ErrorCode::Internal` for one that is not known.
ErrorCode errorCodeFromName(const std::string& name);

/// The English sentence with its placeholders filled, followed by the detail in brackets where there is one.
std::string describe(const Error& error);

}  // namespace finebrush
