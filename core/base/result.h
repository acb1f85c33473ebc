#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>
#include <vector>

namespace finebrush {

/// The outcome of what may fail in an expected way. Broken invariants throw instead.
template <typename T>
using Result = tl::expected<T, Error>;

/// Makes the failed outcome: `return failure(ErrorCode::FileMissing, {path});`
inline tl::unexpected<Error> failure(ErrorCode code, std::vector<std::string> arguments = {},
                                     std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(arguments), std::move(detail)});
}

inline tl::unexpected<Error> failure(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace finebrush
