#include "core/peft/vpt.h"

#include "core/peft/initialisation.h"
#include "core/peft/plug.h"

#include <vector>

namespace finebrush::peft {

namespace {

class Vpt final : public AdapterMethod {
  public:
    Vpt(const sam::ImageEncoder& encoder, const messages::AdaptationSettings& settings) {
        at::Generator generator = generatorOf(settings.seed);
        for (const sam::EncoderBlock& block : encoder->trunkBlocks()) {
            torch::Tensor tokens = torch::empty({settings.rank, block.channels}, deviceOf(*encoder));
            drawLikeLinear(tokens, generator);
            tokens.requires_grad_(true);
            blocks_.push_back(
                {block, std::make_shared<sam::AttentionPrompts>(sam::AttentionPrompts{tokens})});
        }
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const Prompted& prompted : blocks_) {
            all.insert(prompted.block.name + ".attn.prompts", prompted.prompts->tokens);
        }
        return all;
    }

    void attach() override {
        for (Prompted& prompted : blocks_) plugs_.emplace_back(*prompted.block.prompts, prompted.prompts);
    }

  private:
    struct Prompted {
        sam::EncoderBlock block;
        std::shared_ptr<sam::AttentionPrompts> prompts;
    };
    std::vector<Prompted> blocks_;
    std::vector<Plug<sam::AttentionPrompts>> plugs_;
};

}  // namespace

std::unique_ptr<AdapterMethod> makeVpt(const sam::ImageEncoder& encoder,
                                       const messages::AdaptationSettings& settings) {
    return std::make_unique<Vpt>(encoder, settings);
}

}  // namespace finebrush::peft
