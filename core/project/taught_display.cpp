#include "core/project/taught_display.h"

#include "core/messages/adapter_extras.h"
#include "core/project/database/display_codec.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace finebrush {

namespace {

using Json = nlohmann::ordered_json;
using Kind = TaughtDisplay::Kind;

constexpr char kDisplay[] = "display";
constexpr std::pair<Kind, const char*> kKindNames[] = {
    {Kind::Usual, "usual"}, {Kind::Alike, "alike"}, {Kind::Different, "different"}};

/// A field of an object; null where it is not there.
Json fieldOf(const Json& object, const char* name) {
    return object.contains(name) ? object.at(name) : Json();
}

bool isByte(PixelType type) {
    return type == PixelType::UInt8;
}

Json toJson(const TaughtDisplay& taught) {
    Json json;
    for (const auto& [kind, name] : kKindNames) {
        if (kind == taught.kind) json["shown"] = name;
    }
    if (taught.kind != Kind::Alike) return json;
    json["mapping"] = Json::parse(encodeDisplay(taught.mapping));
    json["bytes"] = taught.isOfBytes;
    return json;
}

TaughtDisplay taughtFrom(const Json& json) {
    if (!json.is_object()) return {};
    TaughtDisplay taught;
    for (const auto& [kind, name] : kKindNames) {
        if (fieldOf(json, "shown") == name) taught.kind = kind;
    }
    if (taught.kind != Kind::Alike) return taught;
    const std::optional<DisplayMapping> mapping = decodeDisplay(fieldOf(json, "mapping").dump());
    const Json bytes = fieldOf(json, "bytes");
    if (!mapping || !bytes.is_boolean()) return {};
    return {Kind::Alike, *mapping, bytes.get<bool>()};
}

}  // namespace

std::optional<DisplayMapping> TaughtDisplay::mappingFor(PixelType type, int bands) const {
    if (kind != Kind::Alike || isByte(type) != isOfBytes) return std::nullopt;
    const bool hasBands = !mapping.bands || std::ranges::max(*mapping.bands) < bands;
    return hasBands ? std::optional(mapping) : std::nullopt;
}

DisplayMapping asSeen(DisplayMapping mapping) {
    mapping.smooth = false;
    return mapping;
}

TaughtDisplay commonDisplay(const std::vector<ShownImage>& images) {
    if (images.empty()) return {};
    if (std::ranges::none_of(images, &ShownImage::isChosen)) return {.kind = Kind::Usual};
    const ShownImage& first = images.front();
    const auto isLikeFirst = [&](const ShownImage& image) {
        return asSeen(image.display) == asSeen(first.display) && isByte(image.type) == isByte(first.type);
    };
    if (!std::ranges::all_of(images, isLikeFirst)) return {.kind = Kind::Different};
    return {Kind::Alike, asSeen(first.display), isByte(first.type)};
}

TaughtDisplay taughtDisplayOf(const messages::AdapterFiles& adapter) {
    Json config = messages::configIn(adapter);
    const Json* const extras = messages::extrasIn(config);
    return extras && extras->contains(kDisplay) ? taughtFrom(extras->at(kDisplay)) : TaughtDisplay();
}

void noteTaughtDisplay(messages::AdapterFiles& adapter, const TaughtDisplay& taught) {
    if (taught.kind != Kind::Unknown) messages::noteExtra(adapter, kDisplay, toJson(taught));
}

}  // namespace finebrush
