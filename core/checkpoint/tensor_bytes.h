#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <optional>
#include <span>

namespace finebrush {

/// The most dimensions a tensor of a checkpoint may have; a convolution's weights have 5 at most.
inline constexpr size_t kMaxRank = 8;

/// The most named entries that a checkpoint may hold; SAM ViT-H with its optimizer state has under 3000.
inline constexpr size_t kMaxEntries = 100'000;

/// The product of non-negative sizes; none where it, or a stride of such a tensor, or its bytes in any type
/// would not fit into 63 bits.
std::optional<int64_t> elementCountOf(torch::IntArrayRef sizes);

/// A new contiguous CPU tensor of these little-endian elements in C order, `bytes` as long as the tensor.
/// Booleans become 0 or 1: C++ knows no others.
torch::Tensor tensorFromBytes(std::span<const uint8_t> bytes, torch::ScalarType type,
                              torch::IntArrayRef sizes);

}  // namespace finebrush
