#include "core/base/unfinished_file.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/base/uuid.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

namespace finebrush {

namespace {

constexpr size_t kChunk = size_t{1} << 20;

tl::unexpected<Error> writeFailure(const std::filesystem::path& path, int errorNumber) {
    const bool full = errorNumber == ENOSPC || errorNumber == EDQUOT;
    return failure(full ? ErrorCode::DiskFull : ErrorCode::FileNotWritable, {utf8(path)},
                   std::strerror(errorNumber));
}

void flushFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

std::string UnfinishedFile::prefixOf(const std::filesystem::path& target) {
    // A file system that takes the target's name might not take a longer one.
    return formatted(".finebrush-%016zx.", std::hash<std::string>{}(target.filename().string()));
}

std::filesystem::path UnfinishedFile::folderOf(const std::filesystem::path& target) {
    return target.has_parent_path() ? target.parent_path() : ".";
}

Result<UnfinishedFile> UnfinishedFile::create(const std::filesystem::path& target) {
    const std::filesystem::path path = folderOf(target) / (prefixOf(target) + randomUuid());
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return writeFailure(target, errno);
    return UnfinishedFile(target, path, descriptor);
}

UnfinishedFile::UnfinishedFile(UnfinishedFile&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::exchange(other.path_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

UnfinishedFile::~UnfinishedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
}

Result<void> UnfinishedFile::write(std::span<const uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), std::min(bytes.size(), kChunk));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return writeFailure(target_, written < 0 ? errno : ENOSPC);
        bytes = bytes.subspan(static_cast<size_t>(written));
    }
    return {};
}

Result<void> UnfinishedFile::finish() {
    int problem = 0;
    struct stat old {};
    if (::stat(target_.c_str(), &old) == 0 && ::fchmod(descriptor_, old.st_mode & 0777) != 0) problem = errno;
    if (problem == 0 && ::fsync(descriptor_) != 0) problem = errno;
    // A file system may tell of a late write error only here.
    if (::close(std::exchange(descriptor_, -1)) != 0 && problem == 0) problem = errno;
    if (problem == 0 && ::rename(path_.c_str(), target_.c_str()) != 0) problem = errno;
    if (problem != 0) return writeFailure(target_, problem);
    path_.clear();
    flushFolder(folderOf(target_));
    return {};
}

Result<void> writeTogether(const std::filesystem::path& folder,
                           const std::map<std::string, std::vector<uint8_t>>& files) {
    std::deque<UnfinishedFile> unfinished;
    for (const auto& [name, bytes] : files) {
        auto file = UnfinishedFile::create(folder / pathFromUtf8(name));
        if (!file) return failure(file.error());
        if (const auto written = file->write(bytes); !written) return written;
        unfinished.push_back(std::move(*file));
    }
    for (UnfinishedFile& file : unfinished) {
        if (const auto finished = file.finish(); !finished) return finished;
    }
    return {};
}

}  // namespace finebrush
