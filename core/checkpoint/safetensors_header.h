#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace finebrush {

/// The name of a dtype in safetensors ("F32"); none for a type that the format or LibTorch does not have.
std::optional<std::string_view> safetensorsTypeName(torch::ScalarType type);
std::optional<torch::ScalarType> typeOfSafetensors(std::string_view name);

/// What a safetensors header says of one tensor.
struct SafetensorsEntry {
    std::string name;
    torch::ScalarType type = torch::kFloat;
    std::vector<int64_t> shape;
    uint64_t begin = 0;  ///< offsets in the byte buffer behind the header
    uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> entries;  ///< in the order of the header
    std::map<std::string, std::string> metadata;
};

/// Reads the JSON of a header. Stricter than the reference implementation in two points of the specification:
/// the header begins with `{`, and no key is there twice. Whether offsets fit is not looked at. Throws
/// MalformedCheckpoint.
SafetensorsHeader parseSafetensorsHeader(std::string_view json);

}  // namespace finebrush
