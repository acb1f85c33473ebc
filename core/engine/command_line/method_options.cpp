#include "core/engine/command_line/method_options.h"

#include "core/engine/command_line/choice_option.h"
#include "core/messages/method_settings.h"
#include "core/peft/adapter_method.h"
#include "core/peft/low_rank.h"

#include <CLI/CLI.hpp>

#include <string>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

using messages::MethodSetting;

constexpr char kPaperPreset[] = "paper";

/// The options that not every method looks at.
using MethodOptions = std::vector<std::pair<CLI::Option*, MethodSetting>>;

void requireRead(const MethodOptions& options, const std::string& name) {
    const messages::AdaptationMethod* method = messages::findAdaptationMethod(name);
    if (!method) return;
    for (const auto& [option, setting] : options) {
        if (option->count() == 0 || method->reads(setting)) continue;
        throw CLI::ValidationError(option->get_name() + " says nothing to " + name + "; it is read by " +
                                   messages::methodsThatRead(setting));
    }
}

/// Before all others, so that these have the last word.
void addPreset(CLI::App& command, messages::AdaptationSettings& settings) {
    command
        .add_option_function<std::string>(
            "--preset",
            [&settings](const std::string& preset) {
                if (preset == kPaperPreset) settings = messages::paperSettings(settings);
            },
            "Values of the options below that are not given: product (as they are listed, default) or paper "
            "(Conv-LoRA as published: gate paper, rank 3, alpha 32, 8 experts)")
        ->check(CLI::IsMember({"product", kPaperPreset}).description(""))
        ->trigger_on_parse();
}

MethodOptions addExpertOptions(CLI::App& command, messages::AdaptationSettings& settings) {
    CLI::Option* experts =
        command
            .add_option("--experts", settings.experts, "Experts, one a detail scale; else as --scales says")
            ->check(CLI::Range(1, 16))
            ->capture_default_str();
    CLI::Option* scales = command.add_option(
        "--scales", settings.scales,
        "Times the detail that each expert works at, such as 1,2,4; else 1 up to their number");
    CLI::Option* kept = command.add_option("--top-experts", settings.topExperts, "Experts kept for a window")
                            ->check(CLI::Range(1, 16))
                            ->capture_default_str();
    CLI::Option* balance = command
                               .add_option("--balance-weight", settings.balanceWeight,
                                           "Of the loss that keeps the gate from using few experts only")
                               ->check(CLI::NonNegativeNumber)
                               ->capture_default_str();
    return {{experts, MethodSetting::Experts},
            {scales, MethodSetting::Scales},
            {kept, MethodSetting::TopExperts},
            {balance, MethodSetting::BalanceWeight}};
}

MethodOptions addPlaceOptions(CLI::App& command, messages::AdaptationSettings& settings) {
    CLI::Option* projections = command
                                   .add_option("--projections", settings.projections,
                                               "Parts of a block that get a low-rank adapter, of q,k,v,o,mlp")
                                   ->capture_default_str();
    CLI::Option* blocks = command
                              .add_option("--blocks", settings.blocks,
                                          "So many of the last blocks get a low-rank adapter; 0: all")
                              ->check(CLI::NonNegativeNumber)
                              ->capture_default_str();
    return {{projections, MethodSetting::Projections}, {blocks, MethodSetting::Blocks}};
}

}  // namespace

void addMethodOptions(CLI::App& command, messages::AdaptationSettings& settings) {
    addPreset(command, settings);
    command
        .add_option("--method", settings.method,
                    "Method of adaptation; the encoder's first layers, below its attention, stay frozen with "
                    "all of them but full and bitfit")
        ->check(CLI::IsMember(peft::adapterMethodNames()))
        ->capture_default_str();
    CLI::Option* gate =
        addChoice(command, "--gate", settings.gate, "Gate of Conv-LoRA: informative (default) or paper");
    CLI::Option* rank = command.add_option("--rank", settings.rank, "Rank of the adapter")
                            ->check(CLI::Range(1, 256))
                            ->capture_default_str();
    CLI::Option* alpha =
        command.add_option("--alpha", settings.alpha, "The adapter's output is scaled by alpha / rank")
            ->capture_default_str();
    MethodOptions options = {
        {gate, MethodSetting::Gate}, {rank, MethodSetting::Rank}, {alpha, MethodSetting::Alpha}};
    for (const MethodOptions& more :
         {addExpertOptions(command, settings), addPlaceOptions(command, settings)})
        options.insert(options.end(), more.begin(), more.end());
    command.parse_complete_callback([&command, &settings, options] {
        requireRead(options, settings.method);
        if (command.get_option("--experts")->count() == 0) settings.experts = peft::expertCount(settings);
    });
}

}  // namespace finebrush
