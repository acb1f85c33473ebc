#pragma once

#include "core/base/result.h"
#include "core/project/edits/edit.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// An edit as the bytes of the journal (a CBOR map), and back. Errors: ProjectMalformed.
std::vector<uint8_t> encodeEdit(const Edit& edit);
Result<Edit> decodeEdit(std::span<const uint8_t> bytes);

}  // namespace finebrush
