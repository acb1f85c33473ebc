#include "core/messages/method_settings.h"

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
    const AdaptationSettings usual;
    const auto resetUnread = [&](MethodSetting setting, auto AdaptationSettings::*field) {
        if (!method->reads(setting)) settings.*field = usual.*field;
    };
    resetUnread(MethodSetting::Gate, &AdaptationSettings::gate);
    resetUnread(MethodSetting::Rank, &AdaptationSettings::rank);
    resetUnread(MethodSetting::Alpha, &AdaptationSettings::alpha);
    resetUnread(MethodSetting::Experts, &AdaptationSettings::experts);
    resetUnread(MethodSetting::Scales, &AdaptationSettings::scales);
    resetUnread(MethodSetting::TopExperts, &AdaptationSettings::topExperts);
    resetUnread(MethodSetting::BalanceWeight, &AdaptationSettings::balanceWeight);
    resetUnread(MethodSetting::Projections, &AdaptationSettings::projections);
    resetUnread(MethodSetting::Blocks, &AdaptationSettings::blocks);
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
