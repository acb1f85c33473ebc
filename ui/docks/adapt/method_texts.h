#pragma once

#include "core/messages/adaptation_methods.h"

#include <QString>

#include <string_view>

namespace finebrush {

// What a person reads of a method of adaptation, in the language of the window.

/// "Conv-LoRA"; a method of a later version by the name that it has in files.
QString methodName(std::string_view method);
/// What trains and what it costs, in one sentence.
QString methodDescription(std::string_view method);
/// What the number that files call rank is to a method: "Rank", "Width", "Tokens".
QString rankName(messages::RankMeaning meaning);

}  // namespace finebrush
