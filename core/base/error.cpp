#include "core/base/error.h"

#include <array>

// lupdate finds the sentences by this macro; outside Qt it is only its text.
#define QT_TRANSLATE_NOOP(context, text) text

namespace finebrush {

namespace {

struct Entry {
    ErrorCode code;
    const char* name;
    const char* sentence;
};

constexpr std::array kEntries = {
#define FINEBRUSH_ERROR(code, sentence) Entry{ErrorCode::code, #code, sentence},
#include "core/base/errors.def"
#undef FINEBRUSH_ERROR
};

}  // namespace

const std::vector<ErrorCode>& allErrorCodes() {
    static const std::vector<ErrorCode> codes = [] {
        std::vector<ErrorCode> all;
        for (const Entry& entry : kEntries) all.push_back(entry.code);
        return all;
    }();
    return codes;
}

const char* errorSentence(ErrorCode code) {
    return kEntries.at(static_cast<size_t>(code)).sentence;
}

const char* errorName(ErrorCode code) {
    return kEntries.at(static_cast<size_t>(code)).name;
}

ErrorCode errorCodeFromName(const std::string& name) {
    for (const Entry& entry : kEntries) {
        if (name == entry.name) return entry.code;
    }
    return ErrorCode::Internal;
}

std::string describe(const Error& error) {
    std::string text;
    for (const char* c = errorSentence(error.code); *c; ++c) {
        const bool placeholder = *c == '%' && c[1] >= '1' && c[1] <= '9';
        if (!placeholder) {
            text += *c;
            continue;
        }
        const size_t index = static_cast<size_t>(*++c - '1');
        if (index < error.arguments.size()) text += error.arguments[index];
    }
    if (!error.detail.empty()) text += " (" + error.detail + ")";
    return text;
}

}  // namespace finebrush
