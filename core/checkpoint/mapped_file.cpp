#include "core/checkpoint/mapped_file.h"

#include "core/base/files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace finebrush {

namespace {

/// The mapping of an open file; `path` is for the errors.
Result<std::span<const uint8_t>> mapDescriptor(int descriptor, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return failure(ErrorCode::FileNotReadable, {utf8(path)}, std::strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) return failure(ErrorCode::NotARegularFile, {utf8(path)});
    if (status.st_size == 0) return std::span<const uint8_t>();
    const auto size = static_cast<size_t>(status.st_size);
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (start == MAP_FAILED) return failure(ErrorCode::FileNotReadable, {utf8(path)}, std::strerror(errno));
    return std::span(static_cast<const uint8_t*>(start), size);
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    // O_NONBLOCK: a FIFO that nobody writes to would block here for ever. It changes nothing for a regular
    // file.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        return failure(missing ? ErrorCode::FileMissing : ErrorCode::FileNotReadable, {utf8(path)},
                       missing ? "" : std::strerror(errno));
    }
    const auto bytes = mapDescriptor(descriptor, path);
    ::close(descriptor);
    if (!bytes) return failure(bytes.error());
    return MappedFile(*bytes);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace finebrush
