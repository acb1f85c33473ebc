#include "core/peft/decoder_only.h"

namespace finebrush::peft {

namespace {

class DecoderOnly final : public AdapterMethod {
  public:
    NamedParameters parameters() const override { return NamedParameters(); }
    void attach() override {}
};

}  // namespace

std::unique_ptr<AdapterMethod> makeDecoderOnly(const sam::ImageEncoder&,
                                               const messages::AdaptationSettings&) {
    return std::make_unique<DecoderOnly>();
}

}  // namespace finebrush::peft
