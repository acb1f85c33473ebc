#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"
#include "core/messages/messages.h"
#include "core/peft/files/adapter_config.h"

#include <string>

namespace finebrush::peft {

inline constexpr char kAdapterTensorsFile[] = "adapter_model.safetensors";
/// Beside it for plain LoRA, of which PEFT would leave all else out without a word: the decoder, and what
/// training adds.
inline constexpr char kHeadTensorsFile[] = "head.safetensors";
inline constexpr char kPeftPrefix[] = "base_model.model.";
inline constexpr char kDecoderPrefix[] = "base_model.model.mask_decoder.";

/// One token a class. SamModel has another number of them: under its name, "mask_tokens", PEFT would not load
/// an adapter of ours.
inline constexpr char kClassTokens[] = "base_model.model.mask_decoder.class_tokens.weight";
inline constexpr char kMaskTokens[] = "base_model.model.mask_decoder.mask_tokens.weight";
/// Tells the class of each token, and the last of its rows "no class"; only where tokens are queries.
inline constexpr char kClassHeadPrefix[] = "base_model.model.mask_decoder.output_classifier_mlps.";
inline constexpr char kClassHead[] = "base_model.model.mask_decoder.output_classifier_mlps.weight";

/// An adapter as it lies in its files, before it meets a network.
struct StoredAdapter {
    AdapterConfig config;
    NamedTensors tensors;  ///< under the names of our adapter file
};

/// Reads the files of an adapter, whoever wrote it: we, PEFT (LoRA) or AutoGluon (`model.ckpt`). No tensor is
/// empty and all values are numbers; floating-point ones of another type become float32. `source` names the
/// adapter in errors. Errors: AdapterMalformed.
Result<StoredAdapter> readStoredAdapter(const messages::AdapterFiles& files, const std::string& source);

/// Whether a checkpoint is one of AutoGluon's adapters.
bool isAutoGluonAdapter(const NamedTensors& checkpoint);

}  // namespace finebrush::peft
