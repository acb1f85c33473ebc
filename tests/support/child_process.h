#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
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

/// Ends this process by a signal where it, or a thread of it, asks for a socket from now on; false where the
/// system has no such filter.
inline bool forbidSockets() {
    constexpr rlimit kNoCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &kNoCore);
    std::array<sock_filter, 4> rules{
        sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
        sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 0, 1, __NR_socket},
        sock_filter{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS},
        sock_filter{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    };
    const sock_fprog program{static_cast<unsigned short>(rules.size()), rules.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// The most memory that this process has had at once, in KiB. A child begins with what its parent has.
inline long peakKibibytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace finebrush::testing
