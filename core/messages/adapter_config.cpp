#include "core/messages/adapter_config.h"

#include "core/messages/adapter_places.h"
#include "core/messages/method_settings.h"

#include <set>
#include <stdexcept>
#include <utility>

namespace finebrush::messages {

namespace {

using Json = nlohmann::json;

/// Options of PEFT's LoRA that change what is computed, and would be lost here.
constexpr const char* kUnknownOptions[] = {"use_dora",          "use_rslora",
                                           "use_qalora",        "use_bdlora",
                                           "lora_bias",         "rank_pattern",
                                           "alpha_pattern",     "fan_in_fan_out",
                                           "layer_replication", "alora_invocation_tokens",
                                           "arrow_config",      "monteclora_config",
                                           "kasa_config",       "velora_config",
                                           "target_parameters", "trainable_token_indices"};

/// Whether an option is not set: null, false or empty.
bool isOff(const Json& value) {
    return value.is_null() || value == false || (value.is_structured() && value.empty());
}

/// The settings of an `adapter_config.json` of PEFT. Throws std::invalid_argument and Json::exception.
AdapterConfig peftConfig(const Json& json) {
    const auto type = json.at("peft_type").get<std::string>();
    if (type != "LORA") throw std::invalid_argument("PEFT's method " + type + " is not known here");
    for (const char* option : kUnknownOptions) {
        if (json.contains(option) && !isOff(json[option]))
            throw std::invalid_argument(std::string("PEFT's option ") + option + " is not known here");
    }
    if (json.value("bias", "none") != "none")
        throw std::invalid_argument("it trains biases beside LoRA, which is not known here");
    AdapterConfig config;
    config.origin = AdapterOrigin::Peft;
    config.settings.method = "lora";
    config.settings.rank = json.at("r").get<int>();
    config.settings.alpha = json.at("lora_alpha").get<double>();
    if (const auto base = json.find("base_model_name_or_path"); base != json.end() && base->is_string())
        config.baseName = base->get<std::string>();
    return config;
}

ClassInfo classFrom(const Json& json) {
    const int value = json.at("value").get<int>();
    if (value < 0 || value >= kMaxClasses)
        throw std::invalid_argument("a class has the value " + std::to_string(value));
    return {json.at("id").get<std::string>(), json.at("name").get<std::string>(),
            json.at("colour").get<std::string>(), static_cast<uint8_t>(value)};
}

GateMode gateFrom(const std::string& name) {
    if (name == kPaperGate) return GateMode::Paper;
    if (name == kInformativeGate) return GateMode::Informative;
    throw std::invalid_argument("the gate \"" + name + "\" is not known");
}

std::vector<ClassInfo> classesFrom(const Json& json) {
    std::vector<ClassInfo> classes;
    std::set<uint8_t> values;
    for (const Json& entry : json) {
        classes.push_back(classFrom(entry));
        if (!values.insert(classes.back().value).second)
            throw std::invalid_argument("two classes have one value");
    }
    if (classes.empty()) throw std::invalid_argument("it has no classes");
    return classes;
}

/// The settings that a method looks at, as far as those of the first adapters: these say all of every method.
AdaptationSettings methodFrom(const Json& json) {
    const Json& ours = json.at("finebrush");
    AdaptationSettings settings;
    settings.method = ours.at("method").get<std::string>();
    const AdaptationMethod* method = findAdaptationMethod(settings.method);
    if (!method) throw std::invalid_argument("the method “" + settings.method + "” is not known here");
    if (method->reads(MethodSetting::Rank)) settings.rank = json.at("r").get<int>();
    if (method->reads(MethodSetting::Alpha)) settings.alpha = json.at("lora_alpha").get<double>();
    if (method->reads(MethodSetting::Experts)) settings.experts = json.at("conv_lora_expert_num").get<int>();
    if (method->reads(MethodSetting::TopExperts))
        settings.topExperts = json.at("conv_lora_top_experts").get<int>();
    if (method->reads(MethodSetting::Gate))
        settings.gate = gateFrom(json.at("conv_lora_gate").get<std::string>());
    settings.scales = ours.value("scales", settings.scales);
    if (!settings.scales.empty() && !scalesFromText(settings.scales))
        throw std::invalid_argument("“" + settings.scales + "” are no scales of experts");
    settings.balanceWeight = ours.value("balance_weight", settings.balanceWeight);
    settings.projections = ours.value("projections", settings.projections);
    settings.blocks = ours.value("blocks", settings.blocks);
    return settingsThatCount(std::move(settings));
}

AdapterConfig configFrom(const Json& json) {
    if (!json.contains("finebrush")) return peftConfig(json);
    const Json& ours = json.at("finebrush");
    const int format = ours.at("format").get<int>();
    if (format != kAdapterFormat)
        throw std::invalid_argument("its format " + std::to_string(format) + " is newer than this program");

    AdapterConfig config;
    config.settings = methodFrom(json);
    config.settings.seed = ours.at("seed").get<uint64_t>();
    config.classes = classesFrom(ours.at("classes"));
    config.baseName = ours.at("base").at("name").get<std::string>();
    config.baseSha256 = ours.at("base").at("sha256").get<std::string>();
    config.extras = ours.at("extras");
    return config;
}

}  // namespace

Result<AdapterConfig> readAdapterConfig(const AdapterFiles& files, const std::string& source) {
    const auto found = files.find(kAdapterConfigFile);
    if (found == files.end()) {
        return failure(ErrorCode::AdapterMalformed,
                       {source, std::string(kAdapterConfigFile) + " is not there"});
    }
    const auto isShallow = [](int depth, Json::parse_event_t, Json&) { return depth < kDeepestConfig; };
    try {
        return configFrom(Json::parse(found->second, isShallow));
    } catch (const Json::exception& problem) {
        return failure(ErrorCode::AdapterMalformed,
                       {source, std::string(kAdapterConfigFile) + " is not as it should be"}, problem.what());
    } catch (const std::invalid_argument& problem) {
        return failure(ErrorCode::AdapterMalformed, {source, problem.what()});
    }
}

bool tells(const AdapterConfig& adapter, MethodSetting setting) {
    if (adapter.origin == AdapterOrigin::AutoGluon || setting == MethodSetting::BalanceWeight) return false;
    const bool isPlace = setting == MethodSetting::Projections || setting == MethodSetting::Blocks;
    return adapter.origin == AdapterOrigin::Finebrush || !isPlace;
}

AdaptationSettings settingsToGoOnFrom(const AdapterConfig& adapter, AdaptationSettings settings) {
    if (adapter.origin == AdapterOrigin::AutoGluon) return settings;
    settings.method = adapter.settings.method;
    return withSettingsOf(std::move(settings), adapter.settings,
                          [&](MethodSetting setting) { return tells(adapter, setting); });
}

}  // namespace finebrush::messages
