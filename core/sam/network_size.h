#pragma once

#include "core/sam/sam_description.h"

namespace finebrush::sam {

// How large a network would be, told from its description alone: before memory is taken for it.

/// How many values its weights have, a little less since biases and the like are left out.
double weightCount(const SamDescription& description);

/// How many values it makes for itself that no file holds: tables of offsets and of positions.
double tableCount(const SamDescription& description);

}  // namespace finebrush::sam
