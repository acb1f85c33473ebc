#include "core/checkpoint/tensor_bytes.h"

#include <algorithm>
#include <cstring>

namespace finebrush {

namespace {

constexpr int64_t kLargestElement = 16;  // bytes, of complex double

}  // namespace

std::optional<int64_t> elementCountOf(torch::IntArrayRef sizes) {
    int64_t extent = kLargestElement;
    bool isEmpty = false;
    for (const int64_t size : sizes) {
        isEmpty = isEmpty || size == 0;
        if (__builtin_mul_overflow(extent, std::max<int64_t>(size, 1), &extent)) return std::nullopt;
    }
    return isEmpty ? 0 : extent / kLargestElement;
}

torch::Tensor tensorFromBytes(std::span<const uint8_t> bytes, torch::ScalarType type,
                              torch::IntArrayRef sizes) {
    torch::Tensor tensor = torch::empty(sizes, torch::TensorOptions().dtype(type));
    TORCH_CHECK_VALUE(tensor.nbytes() == bytes.size(), "tensorFromBytes: ", bytes.size(),
                      " bytes for a tensor of ", tensor.nbytes());
    if (type == torch::kBool) {
        std::transform(bytes.begin(), bytes.end(), tensor.data_ptr<bool>(),
                       [](uint8_t byte) { return byte != 0; });
    } else if (!bytes.empty()) {
        std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
    }
    return tensor;
}

}  // namespace finebrush
