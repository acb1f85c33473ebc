#include "core/peft/adapter_method.h"

#include "core/peft/adapter.h"
#include "core/peft/bitfit.h"
#include "core/peft/conv_lora.h"
#include "core/peft/decoder_only.h"
#include "core/peft/full.h"
#include "core/peft/lora.h"
#include "core/peft/low_rank.h"
#include "core/peft/lst.h"
#include "core/peft/multi_scale_lora.h"
#include "core/peft/sam_adapter.h"
#include "core/peft/ssf.h"
#include "core/peft/vpt.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace finebrush::peft {

namespace {

struct Method {
    const char* name;
    std::unique_ptr<AdapterMethod> (*make)(const sam::ImageEncoder&, const messages::AdaptationSettings&);
    bool needsAttention = false;  ///< in the encoder
};

constexpr Method kMethods[] = {
    {"conv_lora", makeConvLora, true},
    {"lora", makeLora, true},
    {"multi_scale_lora", makeMultiScaleLora, true},
    {"decoder_only", makeDecoderOnly},
    {"bitfit", makeBitFit},
    {"adapter", makeAdapter, true},
    {"sam_adapter", makeSamAdapter, true},
    {"vpt", makeVpt, true},
    {"lst", makeLst},
    {"ssf", makeSsf, true},
    {"full", makeFull},
};

std::optional<Error> invalid(const char* option, const std::string& value, const std::string& reason) {
    return Error{ErrorCode::OptionInvalid, {option, value, reason}, {}};
}

/// What is wrong with the settings, if anything.
std::optional<Error> problemOf(const messages::AdaptationSettings& settings) {
    constexpr int kMaxRank = 256, kMaxExperts = 16;
    if (settings.rank < 1 || settings.rank > kMaxRank) {
        return invalid("rank", std::to_string(settings.rank),
                       "it must lie between 1 and " + std::to_string(kMaxRank));
    }
    if (settings.experts < 1 || settings.experts > kMaxExperts) {
        return invalid("experts", std::to_string(settings.experts),
                       "there must be between 1 and " + std::to_string(kMaxExperts));
    }
    if (settings.topExperts < 1 || settings.topExperts > settings.experts) {
        return invalid("top experts", std::to_string(settings.topExperts),
                       "there must be between 1 and all experts");
    }
    if (!std::isfinite(settings.alpha))
        return invalid("alpha", std::to_string(settings.alpha), "it must be a number");
    if (!(settings.balanceWeight >= 0 && std::isfinite(settings.balanceWeight)))
        return invalid("balance weight", std::to_string(settings.balanceWeight), "it must not be negative");
    return std::nullopt;
}

}  // namespace

const std::vector<std::string>& adapterMethodNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Method& method : kMethods) all.push_back(method.name);
        return all;
    }();
    return names;
}

Result<std::unique_ptr<AdapterMethod>> makeAdapterMethod(const sam::ImageEncoder& encoder,
                                                         const messages::AdaptationSettings& settings) {
    const auto* method = std::ranges::find(kMethods, settings.method, &Method::name);
    if (method == std::end(kMethods)) {
        std::string names;
        for (const std::string& name : adapterMethodNames()) names += (names.empty() ? "" : ", ") + name;
        return failure(ErrorCode::OptionInvalid, {"method", settings.method, "choose one of " + names});
    }
    if (method->needsAttention && encoder->trunkBlocks().empty()) {
        return failure(
            ErrorCode::OptionInvalid,
            {"method", settings.method, "the image encoder of this model has no attention to adapt"});
    }
    if (const auto problem = problemOf(settings)) return failure(*problem);
    if (const auto problem = problemOfPlaces(encoder, settings)) return failure(*problem);
    return method->make(encoder, settings);
}

}  // namespace finebrush::peft
