#pragma once

#include <array>
#include <string_view>

/// What there is to choose in an adaptation, for those who offer it to a person.
namespace finebrush::messages {

/// What `AdaptationSettings::rank` means to a method.
enum class RankMeaning {
    None,         ///< not looked at
    Rank,         ///< of a low-rank product, whose output `AdaptationSettings::alpha` weighs
    Width,        ///< of a bottleneck, in channels
    EighthWidth,  ///< an eighth of a width in channels
    Tokens,       ///< how many
};

/// A setting that some methods look at and others do not.
enum class MethodSetting {
    Gate,
    Rank,
    Alpha,
    Experts,
    Scales,
    TopExperts,
    BalanceWeight,
    Projections,
    Blocks
};

/// A method of adapting the encoder, and which settings it looks at. How each is made stands in `core/peft`,
/// whose list is the same.
struct AdaptationMethod {
    std::string_view name;  ///< as `AdaptationSettings::method` spells it
    RankMeaning rank = RankMeaning::None;
    bool hasExperts = false;
    bool hasGate = false;

    /// Whether it looks at a setting.
    constexpr bool reads(MethodSetting setting) const {
        switch (setting) {
            case MethodSetting::Rank:
                return rank != RankMeaning::None;
            case MethodSetting::Alpha:
            case MethodSetting::Projections:
            case MethodSetting::Blocks:
                return rank == RankMeaning::Rank;
            case MethodSetting::Experts:
            case MethodSetting::Scales:
                return hasExperts;
            case MethodSetting::Gate:
            case MethodSetting::TopExperts:
            case MethodSetting::BalanceWeight:
                return hasGate;
        }
        return false;
    }
};

/// All methods; the product's default first.
inline constexpr std::array kAdaptationMethods = {
    AdaptationMethod{"conv_lora", RankMeaning::Rank, true, true},
    AdaptationMethod{"lora", RankMeaning::Rank},
    AdaptationMethod{"multi_scale_lora", RankMeaning::Rank, true},
    AdaptationMethod{"decoder_only"},
    AdaptationMethod{"bitfit"},
    AdaptationMethod{"adapter", RankMeaning::Width},
    AdaptationMethod{"sam_adapter", RankMeaning::EighthWidth},
    AdaptationMethod{"vpt", RankMeaning::Tokens},
    AdaptationMethod{"lst", RankMeaning::EighthWidth},
    AdaptationMethod{"ssf"},
    AdaptationMethod{"full"},
};

/// What `Adapted::chosen` is of an adapter that was trained elsewhere.
inline constexpr char kImported[] = "imported";

/// The most that `AdaptationSettings::queries` may be.
inline constexpr int kMaxQueries = 1000;

/// The method of a name, or null.
constexpr const AdaptationMethod* findAdaptationMethod(std::string_view name) {
    for (const AdaptationMethod& method : kAdaptationMethods) {
        if (method.name == name) return &method;
    }
    return nullptr;
}

}  // namespace finebrush::messages
