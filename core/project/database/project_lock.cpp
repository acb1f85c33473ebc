#include "core/project/database/project_lock.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace finebrush {

namespace {

using namespace std::chrono_literals;

/// In the page that SQLite leaves empty for its own locks, behind these (fileformat2.html, 1.4).
constexpr off_t kLockedByte = 0x40000000 + 1024;
constexpr mode_t kPermissions = 0644;  // as SQLite gives them
constexpr int kAttempts = 10;
constexpr auto kBetweenAttempts = 20ms;

/// The files that this process has locked. To ask the system of one of them would take a descriptor, and to
/// close that would take SQLite's lock.
struct HeldFiles {
    std::mutex mutex;
    std::set<std::pair<dev_t, ino_t>> files;
};

HeldFiles& heldFiles() {
    static HeldFiles held;
    return held;
}

/// False where another window has the file.
bool lock(int descriptor) {
    struct flock range {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = kLockedByte;
    range.l_len = 1;
    return ::fcntl(descriptor, F_OFD_SETLK, &range) == 0 || (errno != EAGAIN && errno != EACCES);
}

}  // namespace

std::optional<ProjectLock> ProjectLock::take(const std::filesystem::path& path, Make make) {
    for (int attempt = 1; attempt < kAttempts; ++attempt) {
        std::optional<ProjectLock> taken = tryTake(path, make);
        if (taken) return taken;
        std::this_thread::sleep_for(kBetweenAttempts);
    }
    return tryTake(path, make);
}

std::optional<ProjectLock> ProjectLock::tryTake(const std::filesystem::path& path, Make make) {
    HeldFiles& held = heldFiles();
    const std::lock_guard guard(held.mutex);
    struct stat status {};
    const auto isHeld = [&] { return held.files.contains({status.st_dev, status.st_ino}); };
    if (::stat(path.c_str(), &status) == 0 && isHeld()) return std::nullopt;
    const int creation = make == Make::File ? O_CREAT : 0;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | creation, kPermissions);
    if (descriptor < 0) return ProjectLock();  // SQLite will say what is wrong with the file
    if (::fstat(descriptor, &status) != 0 || isHeld() || !lock(descriptor)) {
        ::close(descriptor);
        return std::nullopt;
    }
    held.files.insert({status.st_dev, status.st_ino});
    return ProjectLock(descriptor, {status.st_dev, status.st_ino});
}

ProjectLock::~ProjectLock() {
    if (descriptor_ < 0) return;
    HeldFiles& held = heldFiles();
    const std::lock_guard guard(held.mutex);
    held.files.erase(file_);
    ::close(descriptor_);
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), file_(other.file_) {}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(file_, other.file_);
    return *this;
}

}  // namespace finebrush
