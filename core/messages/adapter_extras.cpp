#include "core/messages/adapter_extras.h"

#include <string>

namespace finebrush::messages {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json configIn(const AdapterFiles& adapter) {
    const auto isShallow = [](int depth, Json::parse_event_t, Json&) { return depth < kDeepestConfig; };
    const auto file = adapter.find(kAdapterConfigFile);
    return file == adapter.end() ? Json() : Json::parse(file->second, isShallow, false);
}

Json* extrasIn(Json& config) {
    static const Json::json_pointer place("/finebrush/extras");
    const bool isThere = config.is_object() && config.contains(place) && config.at(place).is_object();
    return isThere ? &config.at(place) : nullptr;
}

void noteExtra(AdapterFiles& adapter, const char* name, const Json& value) {
    Json config = configIn(adapter);
    Json* extras = extrasIn(config);
    if (!extras) return;
    (*extras)[name] = value;
    const std::string text = config.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    adapter[kAdapterConfigFile] = {text.begin(), text.end()};
}

}  // namespace finebrush::messages
