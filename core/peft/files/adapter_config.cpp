#include "core/peft/files/adapter_config.h"

#include "core/messages/adapter_places.h"
#include "core/messages/method_settings.h"
#include "core/peft/files/foreign_adapter.h"
#include "core/peft/low_rank.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>
#include <utility>

namespace finebrush::peft {

using Json = nlohmann::json;

namespace {

using messages::MethodSetting;

constexpr int kFormat = 1;
constexpr char kPaperGate[] = "paper";
constexpr char kInformativeGate[] = "informative";

/// "conv_lora" → "CONV_LORA". PEFT knows only LORA, and its LORA is our "lora".
std::string peftType(std::string method) {
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::toupper(c); });
    return method;
}

/// Every qkv, as a regular expression on the names of layers in the file.
const char* everyQkv(sam::EncoderKind encoder) {
    return encoder == sam::EncoderKind::Vit ? R"(vision_encoder\.layers\.\d+\.attn\.qkv)"
                                            : R"(image_encoder\.layers\.\d+\.blocks\.\d+\.attn\.qkv)";
}

Json toJson(const messages::ClassInfo& info) {
    return {{"id", info.id}, {"name", info.name}, {"colour", info.colour}, {"value", info.value}};
}

messages::ClassInfo classFrom(const Json& json) {
    const int value = json.at("value").get<int>();
    if (value < 0 || value >= kMaxClasses)
        throw std::invalid_argument("a class has the value " + std::to_string(value));
    return {json.at("id").get<std::string>(), json.at("name").get<std::string>(),
            json.at("colour").get<std::string>(), static_cast<uint8_t>(value)};
}

messages::GateMode gateFrom(const std::string& name) {
    if (name == kPaperGate) return messages::GateMode::Paper;
    if (name == kInformativeGate) return messages::GateMode::Informative;
    throw std::invalid_argument("the gate \"" + name + "\" is not known");
}

std::vector<messages::ClassInfo> classesFrom(const Json& json) {
    std::vector<messages::ClassInfo> classes;
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
messages::AdaptationSettings methodFrom(const Json& json) {
    const Json& ours = json.at("finebrush");
    messages::AdaptationSettings settings;
    settings.method = ours.at("method").get<std::string>();
    const messages::AdaptationMethod* method = messages::findAdaptationMethod(settings.method);
    if (!method) throw std::invalid_argument("the method “" + settings.method + "” is not known here");
    if (method->reads(MethodSetting::Rank)) settings.rank = json.at("r").get<int>();
    if (method->reads(MethodSetting::Alpha)) settings.alpha = json.at("lora_alpha").get<double>();
    if (method->reads(MethodSetting::Experts)) settings.experts = json.at("conv_lora_expert_num").get<int>();
    if (method->reads(MethodSetting::TopExperts))
        settings.topExperts = json.at("conv_lora_top_experts").get<int>();
    if (method->reads(MethodSetting::Gate))
        settings.gate = gateFrom(json.at("conv_lora_gate").get<std::string>());
    settings.scales = ours.value("scales", settings.scales);
    if (!settings.scales.empty() && !messages::scalesFromText(settings.scales))
        throw std::invalid_argument("“" + settings.scales + "” are no scales of experts");
    settings.balanceWeight = ours.value("balance_weight", settings.balanceWeight);
    settings.projections = ours.value("projections", settings.projections);
    settings.blocks = ours.value("blocks", settings.blocks);
    return messages::settingsThatCount(std::move(settings));
}

AdapterConfig configFrom(const Json& json) {
    if (!json.contains("finebrush")) return peftConfig(json);
    const Json& ours = json.at("finebrush");
    const int format = ours.at("format").get<int>();
    if (format != kFormat)
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

/// Says what the method (null: an unknown one) looks at, and nothing of what it does not.
void addMethod(Json& json, const messages::AdaptationSettings& settings,
               const messages::AdaptationMethod* method) {
    Json& ours = json["finebrush"];
    const auto add = [&](Json& object, const char* name, MethodSetting setting, Json value) {
        if (method && method->reads(setting)) object[name] = std::move(value);
    };
    add(json, "r", MethodSetting::Rank, settings.rank);
    add(json, "lora_alpha", MethodSetting::Alpha, settings.alpha);
    add(json, "conv_lora_expert_num", MethodSetting::Experts, settings.experts);
    add(json, "conv_lora_scales", MethodSetting::Scales, expertScales(settings));
    add(json, "conv_lora_top_experts", MethodSetting::TopExperts, settings.topExperts);
    add(json, "conv_lora_gate", MethodSetting::Gate,
        settings.gate == messages::GateMode::Paper ? kPaperGate : kInformativeGate);
    add(ours, "scales", MethodSetting::Scales, settings.scales);
    add(ours, "balance_weight", MethodSetting::BalanceWeight, settings.balanceWeight);
    add(ours, "projections", MethodSetting::Projections, settings.projections);
    add(ours, "blocks", MethodSetting::Blocks, settings.blocks);
}

}  // namespace

std::string encodeAdapterConfig(const AdapterConfig& config, sam::EncoderKind encoder,
                                const std::vector<std::string>& layers) {
    const messages::AdaptationSettings& settings = config.settings;
    Json classes = Json::array();
    for (const messages::ClassInfo& info : config.classes) classes.push_back(toJson(info));
    Json json = {
        {"peft_type", peftType(settings.method)},
        {"task_type", nullptr},
        {"base_model_name_or_path", config.baseName},
        {"finebrush",
         {{"format", kFormat},
          {"method", settings.method},
          {"seed", settings.seed},
          {"base", {{"name", config.baseName}, {"sha256", config.baseSha256}}},
          {"classes", std::move(classes)},
          {"extras", config.extras}}},
    };
    if (!config.baseCheck.empty()) json["finebrush"]["base"]["check"] = config.baseCheck;
    const messages::AdaptationMethod* method = messages::findAdaptationMethod(settings.method);
    addMethod(json, settings, method);
    if (method && method->reads(MethodSetting::Projections))
        json["target_modules"] = layers.empty() ? Json(everyQkv(encoder)) : Json(layers);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<AdapterConfig> readAdapterConfig(const messages::AdapterFiles& files, const std::string& source) {
    const auto found = files.find(kAdapterConfigFile);
    if (found == files.end()) {
        return failure(ErrorCode::AdapterMalformed,
                       {source, std::string(kAdapterConfigFile) + " is not there"});
    }
    try {
        return configFrom(Json::parse(found->second));
    } catch (const Json::exception& problem) {
        return failure(ErrorCode::AdapterMalformed,
                       {source, std::string(kAdapterConfigFile) + " is not as it should be"}, problem.what());
    } catch (const std::invalid_argument& problem) {
        return failure(ErrorCode::AdapterMalformed, {source, problem.what()});
    }
}

}  // namespace finebrush::peft
