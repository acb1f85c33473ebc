#include "core/peft/files/stored_adapter.h"

#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/peft/files/foreign_adapter.h"

#include <utility>

namespace finebrush::peft {

namespace {

Result<NamedTensors> readTensors(const messages::AdapterFiles& files, const char* name,
                                 const std::string& source) {
    const auto found = files.find(name);
    if (found == files.end())
        return failure(ErrorCode::AdapterMalformed, {source, std::string(name) + " is not there"});
    auto tensors = readSafetensors(found->second, name);
    if (!tensors) return failure(ErrorCode::AdapterMalformed, {source, describe(tensors.error())});
    return tensors;
}

/// Adds the tensors that lie in a file of their own; the first adapters had all in one.
Result<NamedTensors> withHead(NamedTensors ours, const messages::AdapterFiles& files,
                              const std::string& source) {
    const bool isWhole = ours.tensors.contains(kClassTokens) || ours.tensors.contains(kMaskTokens);
    if (isWhole || !files.contains(kHeadTensorsFile)) return ours;
    const auto head = readTensors(files, kHeadTensorsFile, source);
    if (!head) return head;
    for (const auto& entry : head->tensors) {
        if (ours.tensors.contains(entry.key()))
            return failure(ErrorCode::AdapterMalformed, {source, "two tensors have the name " + entry.key()});
        ours.tensors.insert(entry.key(), entry.value());
    }
    return ours;
}

/// The class tokens under the name that they have now; the first adapters had them as SamModel's.
NamedTensors withClassTokens(const NamedTensors& ours) {
    NamedTensors renamed;
    renamed.metadata = ours.metadata;
    for (const auto& entry : ours.tensors) {
        const bool isFormerName = entry.key() == kMaskTokens && !ours.tensors.contains(kClassTokens);
        renamed.tensors.insert(isFormerName ? std::string(kClassTokens) : entry.key(), entry.value());
    }
    return renamed;
}

/// An adapter in the layout of PEFT, which ours is too.
Result<StoredAdapter> readFolder(const messages::AdapterFiles& files, const std::string& source) {
    auto config = readAdapterConfig(files, source);
    if (!config) return failure(config.error());
    auto tensors = readTensors(files, kAdapterTensorsFile, source);
    if (!tensors) return failure(tensors.error());
    if (config->origin != AdapterOrigin::Finebrush) {
        tensors = withOurDecoder(*tensors);
        // Where it is in none that is known here, what is missing will be listed.
        const std::string projections = projectionsIn(*tensors);
        if (!projections.empty()) config->settings.projections = projections;
    }
    if (config->origin == AdapterOrigin::Finebrush) {
        tensors = withHead(std::move(*tensors), files, source);
        if (!tensors) return failure(tensors.error());
        tensors = withClassTokens(*tensors);
    }
    return StoredAdapter{std::move(*config), std::move(*tensors)};
}

/// Whatever a person made of the file, weights are float32 here.
void makeFloat(NamedTensors& tensors) {
    for (auto& entry : tensors.tensors) {
        torch::Tensor& tensor = entry.value();
        if (torch::isFloatingType(tensor.scalar_type())) tensor = tensor.to(torch::kFloat32);
    }
}

}  // namespace

Result<StoredAdapter> readStoredAdapter(const messages::AdapterFiles& files, const std::string& source) {
    const bool isAutoGluon = !files.contains(kAdapterConfigFile) && files.contains(kAutoGluonFile);
    auto adapter = isAutoGluon ? readAutoGluon(files, source) : readFolder(files, source);
    if (!adapter) return adapter;
    makeFloat(adapter->tensors);
    const auto checked = checkValues(adapter->tensors, ErrorCode::AdapterMalformed, source);
    if (!checked) return failure(checked.error());
    return adapter;
}

}  // namespace finebrush::peft
