#pragma once

#include "core/base/error.h"

namespace finebrush {

/// What the exception that is being handled means to a person: OutOfMemory or Internal. Within a catch block.
Error caughtError();

}  // namespace finebrush
