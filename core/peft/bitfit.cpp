#include "core/peft/bitfit.h"

#include "core/peft/own_tensors_method.h"

namespace finebrush::peft {

std::unique_ptr<AdapterMethod> makeBitFit(const sam::ImageEncoder& encoder,
                                          const messages::AdaptationSettings&) {
    return std::make_unique<OwnTensorsMethod>(
        encoder, [](const std::string& name) { return name.ends_with(".bias"); });
}

}  // namespace finebrush::peft
