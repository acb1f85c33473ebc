#include "core/peft/low_rank.h"

#include "core/messages/adapter_places.h"

#include <array>
#include <set>
#include <string>

namespace finebrush::peft {

namespace {

using messages::Projections;
using sam::LinearRole;

bool isChosen(LinearRole role, const Projections& chosen) {
    if (role == LinearRole::Qkv) return chosen.attention();
    if (role == LinearRole::Proj) return chosen.output;
    return chosen.mlp;
}

/// The outputs of a qkv that belong to the chosen projections; undefined where all do.
torch::Tensor chosenOutputs(const sam::AdaptableLayer& layer, const Projections& chosen) {
    const bool isWhole = layer.role != LinearRole::Qkv || (chosen.query && chosen.key && chosen.value);
    if (isWhole) return {};
    const std::array<float, 3> kept = {chosen.query ? 1.F : 0.F, chosen.key ? 1.F : 0.F,
                                       chosen.value ? 1.F : 0.F};
    const int64_t heads = layer.linear->outFeatures() / (3 * layer.run);
    return torch::tensor(at::ArrayRef<float>(kept))
        .repeat_interleave(layer.run)
        .repeat({heads})
        .to(layer.linear->weight.device());
}

/// The names of the blocks, from the last on.
std::vector<std::string> blocksFromTheLast(const std::vector<sam::AdaptableLayer>& layers) {
    std::vector<std::string> blocks;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (blocks.empty() || blocks.back() != layer->block) blocks.push_back(layer->block);
    }
    return blocks;
}

Error invalid(const char* option, const std::string& value, const std::string& reason) {
    return {ErrorCode::OptionInvalid, {option, value, reason}, {}};
}

}  // namespace

LowRankAdapter::LowRankAdapter(const LowRankShape& shape)
    : scale_(shape.alpha / static_cast<double>(shape.rank)) {
    lora_A = register_parameter("lora_A", torch::zeros({shape.rank, shape.inFeatures}));
    lora_B = register_parameter("lora_B", torch::zeros({shape.outFeatures, shape.rank}));
    if (shape.outputs.defined()) outputs_ = shape.outputs.unsqueeze(1);
}

int64_t LowRankAdapter::idleParameterCount() const {
    if (!outputs_.defined()) return 0;
    return (1 - outputs_).sum().to(torch::kInt64).item<int64_t>() * lora_B.size(1);
}

torch::Tensor LowRankAdapter::addTo(torch::Tensor y, const torch::Tensor& low) const {
    const torch::Tensor up = outputs_.defined() ? lora_B * outputs_ : lora_B;
    return y.addmm_(low, up.t(), 1, scale_);  // [tokens, out]
}

std::vector<LowRankPlace> lowRankPlaces(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings) {
    const Projections chosen = messages::projectionsFromText(settings.projections).value();
    const std::vector<sam::AdaptableLayer> layers = encoder->adaptableLayers();
    std::vector<std::string> blocks = blocksFromTheLast(layers);
    if (settings.blocks > 0) blocks.resize(static_cast<size_t>(settings.blocks));
    const std::set<std::string> chosenBlocks(blocks.begin(), blocks.end());
    std::vector<LowRankPlace> places;
    for (const sam::AdaptableLayer& layer : layers) {
        if (!isChosen(layer.role, chosen) || !chosenBlocks.contains(layer.block)) continue;
        const LowRankShape shape{.inFeatures = layer.linear->inFeatures(),
                                 .outFeatures = layer.linear->outFeatures(),
                                 .rank = settings.rank,
                                 .alpha = settings.alpha,
                                 .outputs = chosenOutputs(layer, chosen)};
        places.push_back({layer, shape});
    }
    return places;
}

std::vector<int> expertScales(const messages::AdaptationSettings& settings) {
    if (!settings.scales.empty()) return messages::scalesFromText(settings.scales).value();
    std::vector<int> scales;
    for (int i = 1; i <= settings.experts; ++i) scales.push_back(i);
    return scales;
}

int expertCount(const messages::AdaptationSettings& settings) {
    const auto scales = messages::scalesFromText(settings.scales);
    return scales ? static_cast<int>(scales->size()) : settings.experts;
}

std::optional<Error> problemOfPlaces(const sam::ImageEncoder& encoder,
                                     const messages::AdaptationSettings& settings) {
    if (!messages::projectionsFromText(settings.projections))
        return invalid("projections", settings.projections, "choose some of q,k,v,o,mlp, each once");
    const size_t count = blocksFromTheLast(encoder->adaptableLayers()).size();
    if (settings.blocks < 0 || static_cast<size_t>(settings.blocks) > count) {
        return invalid("blocks", std::to_string(settings.blocks),
                       "this model has " + std::to_string(count) + "; 0 means all");
    }
    if (settings.scales.empty()) return std::nullopt;
    const auto scales = messages::scalesFromText(settings.scales);
    if (!scales) return invalid("scales", settings.scales, "give whole numbers from 1 to 16, such as 1,2,4");
    if (scales->size() == static_cast<size_t>(settings.experts)) return std::nullopt;
    return invalid(
        "scales", settings.scales,
        "there are " + std::to_string(settings.experts) + " experts, each with a scale of its own");
}

}  // namespace finebrush::peft
