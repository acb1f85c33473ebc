#include "core/base/disk_cache.h"

#include "core/base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <vector>

namespace finebrush {

namespace fs = std::filesystem;

namespace {

struct CachedFile {
    fs::path path;
    fs::file_time_type lastUse;
    uint64_t bytes = 0;
};

std::vector<CachedFile> cachedFiles(const fs::path& folder, const std::string& ending) {
    std::vector<CachedFile> files;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        std::error_code gone;  // another process trims as well
        if (entry->path().extension() != ending || !entry->is_regular_file(gone)) continue;
        const CachedFile file{entry->path(), entry->last_write_time(gone), entry->file_size(gone)};
        if (!gone) files.push_back(file);
    }
    return files;
}

void removeUnlessHeld(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);  // NFS locks only what may be written
    const bool isHeld =
        descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    std::error_code problem;
    if (!isHeld) fs::remove(file, problem);
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

CachedFileHold::CachedFileHold(const fs::path& file)
    : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_SH);
}

CachedFileHold::~CachedFileHold() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

fs::path DiskCache::fileOf(const std::string& key) const {
    return folder_ / pathFromUtf8(key + ending_);
}

void DiskCache::touch(const fs::path& file) {
    std::error_code problem;
    fs::last_write_time(file, fs::file_time_type::clock::now(), problem);
}

void DiskCache::trim() const {
    std::vector<CachedFile> files = cachedFiles(folder_, ending_);
    std::ranges::sort(files, std::ranges::greater(), &CachedFile::lastUse);
    uint64_t bytes = 0;
    for (const CachedFile& file : files) {
        bytes += file.bytes;
        if (bytes > largest_ && &file != &files.front()) removeUnlessHeld(file.path);
    }
}

fs::path cacheFolder(const std::string& name) {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    if (cache && *cache) return fs::path(cache) / "finebrush" / name;
    const char* home = std::getenv("HOME");
    return home && *home ? fs::path(home) / ".cache/finebrush" / name : fs::path();
}

}  // namespace finebrush
