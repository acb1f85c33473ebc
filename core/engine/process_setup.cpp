#include "core/engine/process_setup.h"

#include <cstdlib>
#include <filesystem>
#include <malloc.h>
#include <system_error>
#include <unistd.h>

namespace finebrush {

void sleepWhileWaiting(char** argv) {
    if (std::getenv("OMP_WAIT_POLICY")) return;
    setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
    std::error_code unknown;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", unknown);
    // The path, not the link, so that the process keeps its name.
    if (!unknown) execv(self.c_str(), argv);
}

void keepFreedMemory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

void giveBackMemory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

}  // namespace finebrush
