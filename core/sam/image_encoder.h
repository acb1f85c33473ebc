#pragma once

#include "core/sam/adaptable_linear.h"
#include "core/sam/sam_description.h"

#include <torch/torch.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace finebrush::sam {

/// What an encoder makes of a batch of images.
struct EncoderOutput {
    torch::Tensor embedding;  ///< [B, C, h, w] float, what the mask decoder reads
    std::vector<torch::Tensor>
        stages;  ///< maps [B, Cᵢ, hᵢ, wᵢ] of growing depth: the stem's first, then each layer's
};

/// The place of an adaptable linear layer in its block.
enum class LinearRole { Qkv, Proj, MlpIn, MlpOut };

/// A linear layer that an adapter may be plugged into.
struct AdaptableLayer {
    std::string name;   ///< below the encoder, "layers.1.blocks.0.attn.qkv"
    std::string block;  ///< "layers.1.blocks.0"
    LinearRole role = LinearRole::Qkv;
    AdaptableLinear linear{nullptr};
    int64_t run =
        0;  ///< of a qkv: so many of its outputs are q, then as many k, then v, then q of the next head
};

/// So deep that nothing is left out.
inline constexpr int64_t kAllMaps = std::numeric_limits<int64_t>::max();

/// What a method of adaptation puts beside the tokens of each window of an attention.
struct AttentionPrompts {
    torch::Tensor tokens;  ///< [P, C], seen by the window's tokens; they see nothing themselves
};

/// A block of an encoder's trunk.
struct EncoderBlock {
    std::string name;      ///< "layers.1.blocks.0"
    int64_t channels = 0;  ///< of its map
    std::shared_ptr<AttentionPrompts>* prompts =
        nullptr;  ///< the socket of its attention, which holds null while empty
};

/// What a method of adaptation plugs into an encoder as a whole.
struct EncoderAdapter {
    virtual ~EncoderAdapter() = default;

    /// Begins a pass: the stem's map [B, H, W, C].
    virtual void begin(const torch::Tensor&) {}

    /// The input of block `index`, [B, H, W, C], as the block shall see it.
    virtual torch::Tensor beforeBlock(size_t, const torch::Tensor& x) { return x; }

    /// The embedding that the pass shall give.
    virtual torch::Tensor embedding(const EncoderOutput& output) { return output.embedding; }
};

/// What is common to the image encoders of the family. The stem is everything below the first attention:
/// nothing plugs in there, so while it is frozen itself its output can be computed once for a crop and kept.
struct ImageEncoderImpl : torch::nn::Module {
    explicit ImageEncoderImpl(const EncoderDescription& encoderDescription)
        : description(encoderDescription) {}

    /// image [B, 3, S, S] float, normalised (see `Sam::preprocess`) → the stem's map [B, H, W, C].
    virtual torch::Tensor stem(const torch::Tensor& image) = 0;

    /// What `stem` gave → the maps of all stages and, deepest, the embedding. Stops after `depth` maps; the
    /// embedding is undefined then.
    EncoderOutput trunk(const torch::Tensor& stemOutput, int64_t depth = kAllMaps);

    EncoderOutput forward(const torch::Tensor& image) { return trunk(stem(image)); }

    /// Every adaptable layer, from the input on.
    virtual std::vector<AdaptableLayer> adaptableLayers() = 0;

    /// Every block of the trunk, from the input on.
    virtual std::vector<EncoderBlock> trunkBlocks() = 0;

    /// Whether a parameter is one of the stem's.
    virtual bool isOfStem(const std::string& parameter) const = 0;

    /// The channels of each stage that `trunk` gives.
    virtual std::vector<int64_t> stageChannels() const = 0;

    /// The side S of the square input, in px.
    int64_t inputSize() const { return description.inputSize; }

    /// Whether `stem` takes any height and width that are multiples of 8 as well as S × S; else it was
    /// trained on squares, and of another side than S, a multiple of the patch's, it does what its stretched
    /// positions can.
    virtual bool takesAnySize() const = 0;

    const EncoderDescription description;

    /// The socket; null: empty.
    std::shared_ptr<EncoderAdapter> adapter;

  protected:
    /// The trunk's blocks and neck; each block's input goes through `beforeBlock`.
    virtual EncoderOutput runTrunk(const torch::Tensor& stemOutput, int64_t depth) = 0;

    torch::Tensor beforeBlock(size_t index, const torch::Tensor& x) const {
        return adapter ? adapter->beforeBlock(index, x) : x;
    }
};
using ImageEncoder = std::shared_ptr<ImageEncoderImpl>;

}  // namespace finebrush::sam
