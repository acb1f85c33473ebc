#include "core/training/trained_weights.h"

#include <string>

namespace finebrush::training {

TrainedWeights::TrainedWeights(AdaptedModel& model) {
    for (const auto& parameter : model.network().trainableParameters()) {
        const bool isOfEncoder = parameter.key().starts_with("image_encoder.");
        (isOfEncoder ? adapter : decoder).insert(parameter.key(), parameter.value());
    }
    share.insert("decoder_weight", model.decoderWeight());
    for (size_t view = 0; view < model.plan().views.size(); ++view) {
        const std::string name = "read_outs." + std::to_string(view);
        readOuts.insert(name + ".weight", model.readOut(view)->weight);
        readOuts.insert(name + ".bias", model.readOut(view)->bias);
    }
}

peft::NamedParameters TrainedWeights::all() const {
    peft::NamedParameters joined;
    for (const peft::NamedParameters* group : {&adapter, &decoder, &readOuts, &share}) joined.update(*group);
    return joined;
}

}  // namespace finebrush::training
