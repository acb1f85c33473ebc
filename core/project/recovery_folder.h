#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace finebrush {

/// The name extension of what an engine keeps in the folder while it trains, with its dot.
inline constexpr char kTrainingExtension[] = ".training";

/// The setting of a copy that names the file which it was made of.
inline constexpr char kCopiedFromKey[] = "copied_from";

/// A project that an earlier process left in the recovery folder.
struct AbandonedProject {
    std::filesystem::path file;
    int64_t changedAt = 0;         ///< s since the beginning of 1970, UTC
    int64_t images = 0;            ///< but for removed ones
    std::filesystem::path origin;  ///< what it is a copy of, else the folder of its first image, if any
    bool operator==(const AbandonedProject&) const = default;
};

/// A fresh place for a project that was never saved.
std::filesystem::path newRecoveryPath(const std::filesystem::path& folder);

/// Projects that an earlier process left in the folder: not open anywhere; newest first. `own`, which this
/// process has open, is not looked at. Those that hold no work (`holdsWork`) are no loss: they are deleted.
/// Blocks.
std::vector<AbandonedProject> abandonedProjects(const std::filesystem::path& folder,
                                                const std::filesystem::path& own = {});

/// Deletes trainings that nobody went on with for so long. Blocks shortly.
void removeOldTrainings(const std::filesystem::path& folder, std::chrono::hours age);

}  // namespace finebrush
