#pragma once

#include "core/base/error.h"

#include <QString>

namespace finebrush {

/// The sentence of an error in the language of the window, its placeholders filled with the error's
/// arguments, the core's reasons among them translated (`reasonText`). The raw detail is not part of it.
QString errorText(const Error& error);

}  // namespace finebrush
