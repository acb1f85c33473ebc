#include "core/peft/own_tensors_method.h"

namespace finebrush::peft {

OwnTensorsMethod::OwnTensorsMethod(const sam::ImageEncoder& encoder,
                                   const std::function<bool(const std::string&)>& chosen) {
    for (const auto& parameter : encoder->named_parameters()) {
        if (!chosen(parameter.key())) continue;
        trainsStem_ = trainsStem_ || encoder->isOfStem(parameter.key());
        const torch::Tensor copy = parameter.value().detach().clone().requires_grad_(true);
        trained_.push_back({parameter.key(), parameter.value(), copy, {}});
    }
}

OwnTensorsMethod::~OwnTensorsMethod() {
    if (!attached_) return;
    for (Trained& trained : trained_) {
        trained.ofEncoder.mutable_grad().reset();
        trained.ofEncoder.requires_grad_(false);
        trained.ofEncoder.set_data(trained.loaded);
    }
}

NamedParameters OwnTensorsMethod::parameters() const {
    NamedParameters all;
    for (const Trained& trained : trained_) {
        all.insert(trained.name, attached_ ? trained.ofEncoder : trained.copy);
    }
    return all;
}

void OwnTensorsMethod::attach() {
    for (Trained& trained : trained_) {
        trained.loaded = trained.ofEncoder.detach();
        trained.ofEncoder.set_data(trained.copy.detach());
        trained.ofEncoder.requires_grad_(true);
    }
    attached_ = true;
}

}  // namespace finebrush::peft
