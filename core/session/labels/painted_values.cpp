#include "core/session/labels/painted_values.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <utility>

namespace finebrush {

namespace {

using Json = nlohmann::json;

}  // namespace

bool isSound(const PaintedValues& values) {
    if (values.band < 0) return false;
    if (!values.range) return !values.isOn;
    const auto& [low, high] = *values.range;
    return std::isfinite(low) && std::isfinite(high) && low <= high;
}

std::string encodePaintedValues(const PaintedValues& values) {
    Json object = {{"on", values.isOn}, {"band", values.band}};
    if (values.range) {
        object["low"] = values.range->low;
        object["high"] = values.range->high;
    }
    return object.dump();
}

PaintedValues decodePaintedValues(const std::string& text) {
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object()) return {};
    PaintedValues values;
    const auto on = object.find("on"), band = object.find("band");
    const auto low = object.find("low"), high = object.find("high");
    if (on != object.end() && on->is_boolean()) values.isOn = on->get<bool>();
    const bool hasBand = band != object.end() && band->is_number_integer();
    if (hasBand && std::in_range<int>(band->get<int64_t>())) values.band = band->get<int>();
    const auto isNumber = [&](const Json::const_iterator& found) {
        return found != object.end() && found->is_number();
    };
    if (isNumber(low) && isNumber(high)) values.range = ValueRange{low->get<double>(), high->get<double>()};
    return isSound(values) ? values : PaintedValues();
}

}  // namespace finebrush
