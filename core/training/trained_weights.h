#pragma once

#include "core/inference/adapted_model.h"

#include <torch/torch.h>

#include <vector>

namespace finebrush::training {

/// All weights of a model that training changes, by name, in the groups that have a learning rate of their
/// own. They share the model's memory.
struct TrainedWeights {
    explicit TrainedWeights(AdaptedModel& model);

    peft::NamedParameters adapter;   ///< "image_encoder.layers.1.blocks.0.attn.qkv.lora_A" ...
    peft::NamedParameters decoder;   ///< "mask_decoder.mask_tokens.weight" ...
    peft::NamedParameters readOuts;  ///< "read_outs.0.weight" ...
    peft::NamedParameters share;     ///< "decoder_weight", of the decoder's logits beside the read-outs'

    /// One group after the other.
    peft::NamedParameters all() const;
};

}  // namespace finebrush::training
