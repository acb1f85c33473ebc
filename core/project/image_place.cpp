#include "core/project/image_place.h"

#include "core/base/files.h"

#include <optional>
#include <system_error>

namespace finebrush {

namespace {

std::optional<uint64_t> bytesOf(const std::filesystem::path& path) {
    std::error_code problem;
    const uint64_t bytes = std::filesystem::file_size(path, problem);
    return problem ? std::nullopt : std::optional(bytes);
}

}  // namespace

std::filesystem::path currentPlace(const StoredPlace& place, const std::filesystem::path& folder) {
    const std::filesystem::path before = pathFromUtf8(place.absolutePath);
    if (place.relativePath.empty()) return before;
    const std::filesystem::path beside = (folder / pathFromUtf8(place.relativePath)).lexically_normal();
    std::error_code problem;
    if (!std::filesystem::exists(beside, problem)) return before;
    const bool isOther = beside != before && bytesOf(beside) != place.bytes && bytesOf(before) == place.bytes;
    return isOther ? before : beside;
}

}  // namespace finebrush
