#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace finebrush::testing {

/// Runs `child` in a process of its own and gives its exit status, or -1 where a signal ended it.
inline int inChild(const std::function<int()>& child) {
    const pid_t id = ::fork();
    if (id == 0) ::_exit(child());
    int status = -1;
    ::waitpid(id, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Where a child gives this, the system lets no test mount a small disk.
inline constexpr int kNoSmallDisk = 77;

/// Puts a file system of 1 MiB at a folder, for this process and its end only.
inline bool mountSmallDisk(const std::filesystem::path& at) {
    std::filesystem::create_directories(at);
    const uid_t user = ::geteuid();
    if (::unshare(CLONE_NEWNS | (user == 0 ? 0 : CLONE_NEWUSER)) != 0) return false;
    if (user != 0) std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=1m") == 0;
}

/// Lets nothing more be written to the small disk.
inline bool makeReadOnly(const std::filesystem::path& at) {
    return ::mount(nullptr, at.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
}

}  // namespace finebrush::testing
