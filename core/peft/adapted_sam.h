#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/sam/multi_class_decoder.h"
#include "core/sam/sam.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace finebrush::peft {

/// A SAM network under adaptation: its encoder with a method attached, and a decoder of its own with one mask
/// a class. The base network is lent: while this lives nobody else may use its encoder, and when it is
/// destroyed the encoder is as it was. One thread at a time.
class AdaptedSam {
  public:
    /// Errors: OptionInvalid.
    static Result<std::unique_ptr<AdaptedSam>> make(const sam::Sam& base,
                                                    const messages::AdaptationSettings& settings,
                                                    int64_t classCount);

    /// The same, but the base is untouched until `attach`: what is read into the parameters can be checked
    /// first.
    static Result<std::unique_ptr<AdaptedSam>> prepare(const sam::Sam& base,
                                                       const messages::AdaptationSettings& settings,
                                                       int64_t classCount);
    void attach() { method_->attach(); }

    /// For predictions alone, see `AdapterMethod::merge`.
    bool merge() { return method_->merge(); }

    const sam::Sam& base() const { return base_; }
    /// As far as the method looks at them.
    const messages::AdaptationSettings& settings() const { return settings_; }
    sam::MultiClassDecoder decoder() const { return decoder_; }
    int64_t classCount() const { return decoder_->classCount(); }
    torch::Device device() const { return decoder_->mask_tokens->weight.device(); }

    /// image [B, 3, S, S], preprocessed → what of the way through the encoder no training changes, without a
    /// gradient; worth keeping. It is the stem's output, or where the stem trains the image itself, whose
    /// memory it shares.
    torch::Tensor frozenPart(const torch::Tensor& image) const;

    /// The frozen part → logits [B, K, 4h, 4w], float. Differentiable.
    torch::Tensor forward(const torch::Tensor& frozen);

    /// The frozen part → the encoder's output with the adapter as it is now. Differentiable.
    sam::EncoderOutput encode(const torch::Tensor& frozen, int64_t depth = sam::kAllMaps);

    /// Gates draw noise in training, and do not in prediction (the state after `make`).
    void setTraining(bool training);

    /// The parameters that train: "image_encoder.layers.1.blocks.0.attn.qkv.lora_A",
    /// "mask_decoder.mask_tokens.weight".
    NamedParameters trainableParameters() const;
    /// Of the adapter and the decoder, without read-outs.
    int64_t trainableParameterCount() const;
    /// How many values among the parameters never change, and are not counted.
    int64_t idleParameterCount() const { return method_->idleParameterCount(); }

    /// Of the last forward pass: the balance losses of all layers, summed (scalar; zero for methods without a
    /// gate), ...
    torch::Tensor balanceLoss() const;
    /// ... and how often each layer chose each expert.
    std::vector<messages::ExpertUsage> expertUsage() const;
    std::vector<AdapterTrace> traces() const { return method_->traces(); }

  private:
    AdaptedSam(sam::Sam base, messages::AdaptationSettings settings, std::unique_ptr<AdapterMethod> method,
               sam::MultiClassDecoder decoder);

    sam::Sam base_;
    messages::AdaptationSettings settings_;
    std::unique_ptr<AdapterMethod> method_;
    sam::MultiClassDecoder decoder_;
};

}  // namespace finebrush::peft
