#include "core/peft/prompt_adapter.h"

#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/peft/files/adapter_file.h"
#include "core/sam/key_map.h"

#include <utility>

namespace finebrush::peft {

namespace {

/// The prompt decoder of a network with what an adapter has of it, under official names.
NamedTensors decoderWith(const NamedTensors& adapter, const sam::Sam& base) {
    NamedTensors state = stateOf(*base->mask_decoder);
    const std::string decoder = "mask_decoder.";
    for (const auto& entry : tensorsBelow(adapter, kPeftPrefix).tensors) {
        if (!entry.key().starts_with(decoder)) continue;
        const std::string name = sam::officialName(entry.key()).substr(decoder.size());
        if (torch::Tensor* const known = state.tensors.find(name)) {
            *known = entry.value();
        } else {
            state.tensors.insert(name, entry.value());
        }
    }
    return state;
}

Result<void> adaptDecoder(const messages::AdapterFiles& files, const sam::Sam& base,
                          const std::string& source) {
    const auto adapter = readSafetensors(files.at(kAdapterTensorsFile), kAdapterTensorsFile);
    if (!adapter) return failure(ErrorCode::AdapterMalformed, {source, describe(adapter.error())});
    if (const auto sound = checkValues(*adapter, ErrorCode::AdapterMalformed, source); !sound)
        return failure(sound.error());
    const NamedTensors decoder = decoderWith(*adapter, base);
    if (const LoadReport report = compareState(*base->mask_decoder, decoder); !report.fits())
        return failure(ErrorCode::AdapterMismatch, {source, summary(report)}, listing(report));
    sam::MaskDecoder adapted = base->mask_decoder;
    return loadState(*adapted, decoder, source);
}

}  // namespace

Result<std::unique_ptr<AdaptedSam>> adaptForPrompts(const messages::AdapterFiles& files, const sam::Sam& base,
                                                    const std::string& source) {
    auto adapter = loadAdapter(files, base, source);
    if (!adapter) return failure(adapter.error());
    if (adapter->origin != AdapterOrigin::Peft) {
        return failure(ErrorCode::AdapterMismatch,
                       {source, "it tells classes apart and knows nothing of prompts; “predict” uses it"});
    }
    if (const auto adapted = adaptDecoder(files, base, source); !adapted) return failure(adapted.error());
    adapter->network->merge();
    return std::move(adapter->network);
}

}  // namespace finebrush::peft
