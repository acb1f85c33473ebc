#include "core/session/engine/adaptation_choice.h"

#include "core/messages/adaptation_methods.h"
#include "core/messages/adapter_places.h"
#include "core/messages/fields.h"
#include "core/messages/input_range.h"
#include "core/project/project_work.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace finebrush {

namespace {

using Json = nlohmann::json;

/// Puts every field into an object.
struct FieldWriter {
    Json object = Json::object();

    template <typename Value>
    void operator()(const char* name, const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            for (const auto& [known, text] : messages::kEnumNames<Value>) {
                if (known == value) object[name] = text;
            }
        } else if constexpr (std::is_same_v<Value, std::optional<std::string>>) {
            if (value) object[name] = *value;
        } else {
            object[name] = value;
        }
    }
    template <typename Value>
    void later(const char* name, const Value& value) {
        (*this)(name, value);
    }
};

/// Sets every field of which the object holds a value that fits.
struct FieldReader {
    const Json& object;

    template <typename Value>
    void operator()(const char* name, Value& value) {
        if (const auto found = object.find(name); found != object.end()) read(*found, value);
    }

    template <typename Value>
    void later(const char* name, Value& value) {
        (*this)(name, value);
    }

  private:
    template <typename Value>
    static void read(const Json& json, Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            for (const auto& [known, text] : messages::kEnumNames<Value>) {
                if (json == text) value = known;
            }
        } else if constexpr (std::is_convertible_v<std::string, Value>) {
            if (json.is_string()) value = json.template get<std::string>();
        } else if constexpr (std::is_floating_point_v<Value>) {
            if (json.is_number()) value = json.get<Value>();
        } else {
            const bool fits = json.is_number_unsigned()
                                  ? std::in_range<Value>(json.get<uint64_t>())
                                  : json.is_number_integer() && std::in_range<Value>(json.get<int64_t>());
            if (fits) value = json.get<Value>();
        }
    }
};

void forgetTheMachine(messages::AdaptationSettings& settings) {
    const messages::AdaptationSettings recipe;
    settings.threads = recipe.threads;
    settings.device = recipe.device;
}

}  // namespace

messages::AdaptationSettings adaptationChoiceOf(const Project& project) {
    return decodeAdaptationChoice(project.setting(kAdaptationChoiceKey));
}

std::string encodeAdaptationChoice(const messages::AdaptationSettings& settings) {
    messages::AdaptationSettings kept = settings;
    forgetTheMachine(kept);
    FieldWriter fields;
    messages::visitFields(fields, std::as_const(kept));
    return fields.object.dump();
}

messages::AdaptationSettings decodeAdaptationChoice(const std::string& text) {
    messages::AdaptationSettings settings;
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object()) return settings;
    FieldReader fields{object};
    messages::visitFields(fields, settings);
    forgetTheMachine(settings);
    if (!messages::findAdaptationMethod(settings.method))
        settings.method = messages::AdaptationSettings().method;
    if (!inputRangeOf(settings.inputRange)) settings.inputRange.reset();
    if (!messages::projectionsFromText(settings.projections))
        settings.projections = messages::AdaptationSettings().projections;
    if (!messages::scalesFromText(settings.scales)) settings.scales.clear();
    return settings;
}

}  // namespace finebrush
