#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// Visual prompt tuning, deep (Jia et al. 2022, arXiv 2203.12119, eq. 6-7): as many learned tokens as the
/// rank stand beside the image's in the attention of every block, in each of its windows. What the block
/// makes of the tokens themselves is dropped, since the next block has its own; so they are keys and values
/// only.
///
/// In windows it is what the paper and its code do in Swin transformers: every window sees the same tokens,
/// no relative position is added for them, since they have none, and what works on the map
/// (merging of patches, TinyViT's local convolution) never meets them. Unlike the other methods, a fresh one
/// changes the embedding a little.
std::unique_ptr<AdapterMethod> makeVpt(const sam::ImageEncoder& encoder,
                                       const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
