#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace finebrush {

/// The place of a value in `PickledObject::values`. Values name each other by place, so a value that holds
/// itself or is nested a million deep is neither copied nor torn down by recursion.
using PickleId = uint32_t;

/// None, and integers beyond 64 bits: nothing that describes a tensor.
struct PickleNone {};

struct PickleList {
    std::vector<PickleId> items;
};

struct PickleTuple {
    std::vector<PickleId> items;
};

/// A dict or an OrderedDict: key and value, in the order of the file.
struct PickleDict {
    std::vector<std::pair<PickleId, PickleId>> items;
};

/// The callables that a checkpoint may name; the storage types are a value of their own.
enum class PickleCallable { OrderedDict, RebuildTensor, RebuildParameter, Size };

/// The class `torch.FloatStorage` and its like.
struct PickleStorageType {
    torch::ScalarType type;
};

/// A storage by name; its bytes lie elsewhere in the file.
struct PickleStorage {
    std::string_view key;
    torch::ScalarType type;
    int64_t elements;

    bool operator==(const PickleStorage&) const = default;
};

/// A strided view of a storage, in elements. Nothing is checked yet.
struct PickleTensor {
    PickleStorage storage;
    int64_t offset;
    std::vector<int64_t> sizes;
    std::vector<int64_t> strides;
};

/// Text points into the pickle's bytes.
using PickleValue = std::variant<PickleNone, bool, int64_t, double, std::string_view, PickleList, PickleTuple,
                                 PickleDict, PickleCallable, PickleStorageType, PickleStorage, PickleTensor>;

/// One unpickled object. The bytes that it was read from must outlive it.
struct PickledObject {
    std::vector<PickleValue> values;
    PickleId root = 0;
    size_t byteCount = 0;  ///< length of the pickle, its STOP included
};

}  // namespace finebrush
