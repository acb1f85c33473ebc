#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace finebrush {

/// A file that comes about beside its place under a short name of its own, and takes its place in one step
/// when it is whole. Where it never is, nothing is left. One thread at a time.
class UnfinishedFile {
  public:
    /// Makes an empty one. Errors: DiskFull, FileNotWritable.
    static Result<UnfinishedFile> create(const std::filesystem::path& target);
    UnfinishedFile(UnfinishedFile&& other) noexcept;
    UnfinishedFile& operator=(UnfinishedFile&&) = delete;
    ~UnfinishedFile();

    /// How its name begins meanwhile, and in which folder it lies.
    static std::string prefixOf(const std::filesystem::path& target);
    static std::filesystem::path folderOf(const std::filesystem::path& target);
    /// Where it lies meanwhile; libraries that write files by name may replace its content.
    const std::filesystem::path& path() const { return path_; }
    const std::filesystem::path& target() const { return target_; }

    /// Appends to what was written in this way. Errors: DiskFull, FileNotWritable.
    Result<void> write(std::span<const uint8_t> bytes);
    /// Gives it the old file's permissions (a new one has those that the umask leaves), flushes it to the
    /// disk, renames it over the target and flushes the folder. Errors: DiskFull, FileNotWritable; the old
    /// file is untouched.
    Result<void> finish();

  private:
    UnfinishedFile(std::filesystem::path target, std::filesystem::path path, int descriptor)
        : target_(std::move(target)), path_(std::move(path)), descriptor_(descriptor) {}

    std::filesystem::path target_;
    std::filesystem::path path_;  ///< empty once it took its place
    int descriptor_;              ///< -1 once closed
};

/// Writes files of a folder by name; all are on the disk before any takes the place of an older one. Errors:
/// DiskFull, FileNotWritable; where the last step fails some may be new already.
Result<void> writeTogether(const std::filesystem::path& folder,
                           const std::map<std::string, std::vector<uint8_t>>& files);

}  // namespace finebrush
