#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace finebrush {

/// Keeps a file of a cache from being deleted by whoever trims it, in this process or in another, for as long
/// as the object lives. Where it cannot be opened, nothing is kept.
class CachedFileHold {
  public:
    explicit CachedFileHold(const std::filesystem::path& file);
    ~CachedFileHold();
    CachedFileHold(const CachedFileHold&) = delete;
    CachedFileHold& operator=(const CachedFileHold&) = delete;

  private:
    int descriptor_;
};

/// Files by key in a folder that is never larger than told, but for those that are held and the one used
/// last: what was not used for longest goes. A convenience, whose files are made again where they are gone.
/// Several processes may share it. Any thread.
class DiskCache {
  public:
    /// An empty folder: nothing is kept. `ending` as ".tif"; `largest` in bytes.
    DiskCache(std::filesystem::path folder, std::string ending, uint64_t largest)
        : folder_(std::move(folder)), ending_(std::move(ending)), largest_(largest) {}

    const std::filesystem::path& folder() const { return folder_; }
    bool isOff() const { return folder_.empty(); }
    /// Of all its files together, in bytes.
    uint64_t largest() const { return largest_; }
    /// Where the file of a key, a plain file name, lies or would lie.
    std::filesystem::path fileOf(const std::string& key) const;
    /// Notes that a file is used.
    static void touch(const std::filesystem::path& file);
    /// Deletes the files that are too much.
    void trim() const;

  private:
    std::filesystem::path folder_;
    std::string ending_;
    uint64_t largest_;
};

/// `finebrush/<name>` in the person's cache folder (XDG_CACHE_HOME or ~/.cache); empty where there is none.
std::filesystem::path cacheFolder(const std::string& name);

}  // namespace finebrush
