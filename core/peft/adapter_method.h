#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/sam/image_encoder.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace finebrush::peft {

/// What a gated layer did in its last forward pass.
struct AdapterTrace {
    std::string layer;  ///< the block it is in, "layers.1.blocks.0"; with the layer where that is no qkv
    torch::Tensor
        weights;  ///< [S, M] float, detached: how much sample s of the gate (a window) uses expert m; 0: not
    torch::Tensor balanceLoss;  ///< scalar, differentiable while training
};

/// Tensors by name, in the order of the network.
using NamedParameters = torch::OrderedDict<std::string, torch::Tensor>;

/// A method of adapting an image encoder. Each has its own file, which names its paper. Making one leaves the
/// encoder as it is; `attach` puts it to work, and destroying it undoes that. The encoder must be frozen, as
/// networks are loaded.
class AdapterMethod {
  public:
    virtual ~AdapterMethod() = default;

    /// All that trains, named as if it lay in the encoder: "layers.1.blocks.0.attn.qkv.lora_A". Leaves that
    /// require a gradient. A fresh method changes nothing yet.
    virtual NamedParameters parameters() const = 0;

    /// How many values among these never change, since the layers that they are in are not chosen whole.
    virtual int64_t idleParameterCount() const { return 0; }

    /// Whether the encoder's stem trains as well, so that what it makes of an image does not stay the same.
    virtual bool trainsStem() const { return false; }

    /// Puts the method to work, in place of what is attached to the encoder now. Called once.
    virtual void attach() = 0;

    /// Once attached: writes what was trained into the weights of the encoder's own layers, where that
    /// computes the same, and takes the method's modules out, so that a prediction costs no more than without
    /// them. False, and nothing happens, where it does not. `parameters` still tells what was trained, which
    /// must not change any more. Until this is gone, nothing else may be attached to the encoder or merged:
    /// it would see these weights.
    virtual bool merge() { return false; }

    /// Whether the gates draw noise (a training step) or not (a prediction; so at first).
    virtual void setTraining(bool) {}

    /// The traces of the last forward pass, one per gated layer, from the input on; none for methods without
    /// a gate.
    virtual std::vector<AdapterTrace> traces() const { return {}; }

  protected:
    AdapterMethod() = default;
    AdapterMethod(const AdapterMethod&) = delete;
    AdapterMethod& operator=(const AdapterMethod&) = delete;
};

/// The names of all methods, as `AdaptationSettings::method` spells them; the product's default first.
const std::vector<std::string>& adapterMethodNames();

/// Makes `settings.method` for an encoder, not attached yet. Its parameters are drawn from `settings.seed`
/// and lie on the encoder's device. Errors: OptionInvalid (unknown method, a setting out of range, an encoder
/// that the method finds nothing in).
Result<std::unique_ptr<AdapterMethod>> makeAdapterMethod(const sam::ImageEncoder& encoder,
                                                         const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
