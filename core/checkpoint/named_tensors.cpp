#include "core/checkpoint/named_tensors.h"

#include <algorithm>

namespace finebrush {

int64_t elementCount(const NamedTensors& named) {
    int64_t count = 0;
    for (const auto& entry : named.tensors) count += entry.value().numel();
    return count;
}

bool hasPrefix(const NamedTensors& named, std::string_view prefix) {
    return std::any_of(named.tensors.begin(), named.tensors.end(),
                       [&](const auto& entry) { return entry.key().starts_with(prefix); });
}

NamedTensors tensorsBelow(const NamedTensors& named, std::string_view prefix) {
    NamedTensors below;
    below.metadata = named.metadata;
    for (const auto& entry : named.tensors) {
        if (entry.key().starts_with(prefix)) {
            below.tensors.insert(entry.key().substr(prefix.size()), entry.value());
        }
    }
    return below;
}

}  // namespace finebrush
