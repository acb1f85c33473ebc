#include "core/project/database/display_codec.h"

#include <nlohmann/json.hpp>

#include <array>

namespace finebrush {

std::string encodeDisplay(const DisplayMapping& display) {
    nlohmann::json json = {{"low", display.low},
                           {"high", display.high},
                           {"gamma", display.gamma},
                           {"inverted", display.inverted},
                           {"smooth", display.smooth}};
    if (display.bands) json["bands"] = *display.bands;
    if (display.ownLimits) {
        for (const ValueRange& own : *display.ownLimits)
            json["own_limits"].push_back(std::array{own.low, own.high});
    }
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
        if (json.contains("own_limits")) {
            const auto limits = json.at("own_limits").get<std::array<std::array<double, 2>, 3>>();
            display.ownLimits.emplace();
            for (size_t channel = 0; channel < limits.size(); ++channel)
                display.ownLimits->at(channel) = {limits[channel][0], limits[channel][1]};
        }
        return isSound(display) ? std::optional(display) : std::nullopt;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace finebrush
