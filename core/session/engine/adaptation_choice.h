#pragma once

#include "core/messages/messages.h"
#include "core/project/project.h"

#include <string>

namespace finebrush {

/// What was chosen in a project, else the recipe.
messages::AdaptationSettings adaptationChoiceOf(const Project& project);

/// The choices for an adaptation as a text (JSON) that a project keeps. Threads and device are of the
/// machine, not of the project, and are left out.
std::string encodeAdaptationChoice(const messages::AdaptationSettings& settings);

/// Reads them again; what is missing or makes no sense is as the recipe has it.
messages::AdaptationSettings decodeAdaptationChoice(const std::string& text);

}  // namespace finebrush
