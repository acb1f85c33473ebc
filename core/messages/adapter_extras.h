#pragma once

#include "core/messages/messages.h"

#include <nlohmann/json.hpp>

namespace finebrush::messages {

/// The file of an adapter that says what it is.
inline constexpr char kAdapterConfigFile[] = "adapter_config.json";
/// Copying and writing it are recursive: what is nested more deeply is left out.
inline constexpr int kDeepestConfig = 64;

// What an adapter of ours keeps in it for whoever uses it.

/// The configuration of an adapter, which may be anyone's; null where there is none.
nlohmann::ordered_json configIn(const AdapterFiles& adapter);
/// Where the settings are that are kept; null where the adapter is not ours.
nlohmann::ordered_json* extrasIn(nlohmann::ordered_json& config);
/// Adds a setting to them; does nothing where the adapter is not ours.
void noteExtra(AdapterFiles& adapter, const char* name, const nlohmann::ordered_json& value);

}  // namespace finebrush::messages
