#include "core/messages/method_settings.h"

#include <utility>

namespace finebrush::messages {

AdaptationSettings paperSettings(AdaptationSettings settings) {
    settings.method = "conv_lora";
    settings.gate = GateMode::Paper;
    settings.rank = 3;
    settings.alpha = kPublishedAlpha;
    settings.experts = 8;
    settings.scales.clear();
    settings.topExperts = 1;
    settings.balanceWeight = 0.01;
    settings.projections = "q,k,v";
    settings.blocks = 0;
    return settings;
}

AdaptationSettings settingsThatCount(AdaptationSettings settings) {
    const AdaptationMethod* method = findAdaptationMethod(settings.method);
    if (!method) return settings;
    return withSettingsOf(std::move(settings), {},
                          [method](MethodSetting setting) { return !method->reads(setting); });
}

AdaptationSettings withSettingsOf(AdaptationSettings settings, const AdaptationSettings& other,
                                  const std::function<bool(MethodSetting)>& isTaken) {
    const auto take = [&](MethodSetting setting, auto AdaptationSettings::*field) {
        if (isTaken(setting)) settings.*field = other.*field;
    };
    take(MethodSetting::Gate, &AdaptationSettings::gate);
    take(MethodSetting::Rank, &AdaptationSettings::rank);
    take(MethodSetting::Alpha, &AdaptationSettings::alpha);
    take(MethodSetting::Experts, &AdaptationSettings::experts);
    take(MethodSetting::Scales, &AdaptationSettings::scales);
    take(MethodSetting::TopExperts, &AdaptationSettings::topExperts);
    take(MethodSetting::BalanceWeight, &AdaptationSettings::balanceWeight);
    take(MethodSetting::Projections, &AdaptationSettings::projections);
    take(MethodSetting::Blocks, &AdaptationSettings::blocks);
    return settings;
}

std::string methodsThatRead(MethodSetting setting) {
    std::string names;
    for (const AdaptationMethod& method : kAdaptationMethods) {
        if (!method.reads(setting)) continue;
        if (!names.empty()) names += ", ";
        names += method.name;
    }
    return names;
}

}  // namespace finebrush::messages
