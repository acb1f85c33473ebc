#pragma once

#include <filesystem>
#include <vector>

namespace finebrush {

/// The name extension of project files, with its dot.
inline constexpr char kProjectExtension[] = ".finebrush";

/// A fresh place for a project that was never saved.
std::filesystem::path newRecoveryPath(const std::filesystem::path& folder);

/// Projects that an earlier process left in the folder: not open anywhere, with at least one image; newest
/// first. Blocks shortly.
std::vector<std::filesystem::path> abandonedProjects(const std::filesystem::path& folder);

}  // namespace finebrush
