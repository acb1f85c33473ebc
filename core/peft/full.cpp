#include "core/peft/full.h"

#include "core/peft/own_tensors_method.h"

namespace finebrush::peft {

std::unique_ptr<AdapterMethod> makeFull(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings&) {
    return std::make_unique<OwnTensorsMethod>(encoder, [](const std::string&) { return true; });
}

}  // namespace finebrush::peft
