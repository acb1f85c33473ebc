#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/peft/files/stored_adapter.h"

#include <cstdint>
#include <string>
#include <vector>

namespace finebrush::peft {

// Adapters that other programs wrote, in our terms. They have no classes, and tell no more of their base's
// weights than a name, if that. Of a mask decoder that was trained whole they give what ours has too: not the
// head for quality, and the first of several mask tokens, or all where a head tells the class of each.

inline constexpr char kAutoGluonFile[] = "model.ckpt";
inline constexpr char kAutoGluonConfig[] = "config.yaml";

/// What AutoGluon saved: `model.ckpt` with the trained tensors, or with all of the network, and `config.yaml`
/// beside it, which alone knows alpha and the base's name; without it alpha is that of AutoGluon's recipe for
/// semantic segmentation. Errors: AdapterMalformed.
Result<StoredAdapter> readAutoGluon(const messages::AdapterFiles& files, const std::string& source);

/// Classes that AutoGluon's checkpoint knows by number only. They are the same ones whenever the file is.
std::vector<messages::ClassInfo> numberedClasses(const messages::AdapterFiles& files, int64_t count);

/// The parts of a block that the LoRA of these tensors is in, as `AdaptationSettings::projections` spells it.
std::string projectionsIn(const NamedTensors& tensors);

/// The tensors of a foreign adapter as ours are, see above.
NamedTensors withOurDecoder(const NamedTensors& foreign);

}  // namespace finebrush::peft
