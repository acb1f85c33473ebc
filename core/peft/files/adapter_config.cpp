#include "core/peft/files/adapter_config.h"

#include "core/messages/method_settings.h"
#include "core/peft/low_rank.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace finebrush::peft {

using Json = nlohmann::json;

namespace {

using messages::MethodSetting;

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
        settings.gate == messages::GateMode::Paper ? messages::kPaperGate : messages::kInformativeGate);
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
         {{"format", messages::kAdapterFormat},
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

}  // namespace finebrush::peft
