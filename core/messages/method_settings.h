#pragma once

#include "core/messages/adaptation_methods.h"
#include "core/messages/messages.h"

#include <functional>
#include <string>

/// The settings of an adaptation as its method takes them.
namespace finebrush::messages {

/// Of AutoGluon's recipe for semantic segmentation, which the code published with Conv-LoRA's paper leaves as
/// it is. Like ours it is divided by the rank.
inline constexpr double kPublishedAlpha = 32;

/// Conv-LoRA as its paper (arXiv 2401.17868) and the code published with it have it. What is of the training
/// and not of the method stays as `settings` have it.
AdaptationSettings paperSettings(AdaptationSettings settings);

/// The settings, where what their method does not look at is as in the product's defaults. Those of a method
/// that is not known come back as they are.
AdaptationSettings settingsThatCount(AdaptationSettings settings);

/// The settings, with those of methods that `isTaken` says as the others have them.
AdaptationSettings withSettingsOf(AdaptationSettings settings, const AdaptationSettings& other,
                                  const std::function<bool(MethodSetting)>& isTaken);

/// The names of the methods that look at a setting: "conv_lora, multi_scale_lora".
std::string methodsThatRead(MethodSetting setting);

}  // namespace finebrush::messages
