#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace finebrush {

/// The name extension of what an engine keeps in the folder while it trains, with its dot.
inline constexpr char kTrainingExtension[] = ".training";

/// A fresh place for a project that was never saved.
std::filesystem::path newRecoveryPath(const std::filesystem::path& folder);

/// Projects that an earlier process left in the folder: not open anywhere, with at least one image; newest
/// first. `own`, which this process has open, is not looked at. Blocks.
std::vector<std::filesystem::path> abandonedProjects(const std::filesystem::path& folder,
                                                     const std::filesystem::path& own = {});

/// When a project was changed last, in seconds since 1970.
int64_t secondsOfChange(const std::filesystem::path& project);

/// Deletes trainings that nobody went on with for so long. Blocks shortly.
void removeOldTrainings(const std::filesystem::path& folder, std::chrono::hours age);

}  // namespace finebrush
