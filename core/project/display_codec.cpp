#include "core/project/display_codec.h"

#include <nlohmann/json.hpp>

namespace finebrush {

std::string encodeDisplay(const DisplayMapping& display) {
    nlohmann::json json = {{"low", display.low},
                           {"high", display.high},
                           {"gamma", display.gamma},
                           {"inverted", display.inverted},
                           {"smooth", display.smooth}};
    if (display.bands) json["bands"] = *display.bands;
    return json.dump();
}

std::optional<DisplayMapping> decodeDisplay(const std::string& text) {
    try {
        const auto json = nlohmann::json::parse(text);
        DisplayMapping display;
        display.low = json.at("low").get<double>();
        display.high = json.at("high").get<double>();
        display.gamma = json.at("gamma").get<double>();
        display.inverted = json.at("inverted").get<bool>();
        display.smooth = json.at("smooth").get<bool>();
        if (json.contains("bands")) display.bands = json.at("bands").get<std::array<int, 3>>();
        return isSound(display) ? std::optional(display) : std::nullopt;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace finebrush
