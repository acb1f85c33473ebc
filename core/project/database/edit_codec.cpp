#include "core/project/database/edit_codec.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace finebrush {

namespace {

using nlohmann::json;

json toJson(const LabelClass& entry) {
    return {{"id", entry.id},
            {"name", entry.name},
            {"colour", toHex(entry.colour)},
            {"value", entry.value},
            {"visible", entry.visible},
            {"locked", entry.locked},
            {"key", textOfKey(entry.key)}};
}

/// The class at a place of the list. Throws json::exception where a field is missing or of another type.
LabelClass classFromJson(const json& map, int place) {
    LabelClass entry;
    map.at("id").get_to(entry.id);
    map.at("name").get_to(entry.name);
    entry.colour = colourFromHex(map.at("colour").get<std::string>()).value_or(Colour{});
    const int value = map.at("value").get<int>();
    if (value < 0 || value >= kMaxClasses) throw std::out_of_range("a class value is out of range");
    entry.value = static_cast<uint8_t>(value);
    map.at("visible").get_to(entry.visible);
    // Journals of before have none of these.
    entry.locked = map.value("locked", false);
    entry.key = classKeyFromText(map.value("key", textOfKey(defaultKey(place))));
    return entry;
}

json toJson(const ClassChange& change) {
    json map = {{"index", change.index}};
    if (change.before) map["before"] = toJson(*change.before);
    if (change.after) map["after"] = toJson(*change.after);
    return map;
}

ClassChange classChangeFromJson(const json& map) {
    ClassChange change;
    map.at("index").get_to(change.index);
    if (map.contains("before")) change.before = classFromJson(map.at("before"), change.index);
    if (map.contains("after")) change.after = classFromJson(map.at("after"), change.index);
    return change;
}

LabelChange labelChangeFromJson(const json& map) {
    Result<LabelPatch> patch = LabelPatch::fromBytes(map.at("patch").get_binary());
    if (!patch) throw std::invalid_argument(describe(patch.error()));
    return {map.at("image").get<ImageId>(), std::move(*patch)};
}

json toJson(const ReviewChange& change) {
    return {{"image", change.image}, {"before", toText(change.before)}, {"after", toText(change.after)}};
}

ReviewChange reviewChangeFromJson(const json& map) {
    const auto stateAt = [&](const char* side) {
        const auto review = reviewStateFromText(map.at(side).get<std::string>());
        if (!review) throw std::invalid_argument("a review state is none");
        return *review;
    };
    return {map.at("image").get<ImageId>(), stateAt("before"), stateAt("after")};
}

}  // namespace

std::vector<uint8_t> encodeEdit(const Edit& edit) {
    json map = json::object();
    for (const ClassChange& change : edit.classChanges) map["classes"].push_back(toJson(change));
    json& labels = map["labels"] = json::array();
    for (const LabelChange& change : edit.labelChanges) {
        labels.push_back({{"image", change.image}, {"patch", json::binary(change.patch.toBytes())}});
    }
    if (!edit.removedImages.empty()) map["removed_images"] = edit.removedImages;
    for (const ReviewChange& change : edit.reviewChanges) map["reviews"].push_back(toJson(change));
    return json::to_cbor(map);
}

Result<Edit> decodeEdit(std::span<const uint8_t> bytes) {
    try {
        const json map = json::from_cbor(bytes.begin(), bytes.end());
        Edit edit;
        // Journals of before hold one change.
        if (map.contains("class")) edit.classChanges = {classChangeFromJson(map.at("class"))};
        for (const json& change : map.value("classes", json::array()))
            edit.classChanges.push_back(classChangeFromJson(change));
        for (const json& change : map.at("labels")) edit.labelChanges.push_back(labelChangeFromJson(change));
        // Journals of before remove one image.
        if (map.contains("removed_image")) edit.removedImages = {map.at("removed_image").get<ImageId>()};
        for (const json& id : map.value("removed_images", json::array()))
            edit.removedImages.push_back(id.get<ImageId>());
        for (const json& change : map.value("reviews", json::array()))
            edit.reviewChanges.push_back(reviewChangeFromJson(change));
        return edit;
    } catch (const std::exception& problem) {
        return failure(ErrorCode::ProjectMalformed, {"journal", problem.what()});
    }
}

}  // namespace finebrush
