#include "core/base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace finebrush {

namespace {

constexpr size_t kChunk = size_t{1} << 20;

/// Owns a file descriptor.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int value() const { return value_; }
    bool isOpen() const { return value_ >= 0; }
    /// False where the file system reports a late write error.
    bool close() {
        if (value_ < 0) return true;
        const int descriptor = value_;
        value_ = -1;
        return ::close(descriptor) == 0;
    }

  private:
    int value_;
};

tl::unexpected<Error> writeFailure(const std::filesystem::path& path, int errorNumber) {
    const bool full = errorNumber == ENOSPC || errorNumber == EDQUOT;
    return failure(full ? ErrorCode::DiskFull : ErrorCode::FileNotWritable, {utf8(path)},
                   std::strerror(errorNumber));
}

/// 0, or the error number.
int writeAll(int descriptor, std::span<const uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), std::min(bytes.size(), kChunk));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return ENOSPC;
        bytes = bytes.subspan(static_cast<size_t>(written));
    }
    return 0;
}

void flushFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.isOpen()) ::fsync(descriptor.value());
}

std::filesystem::path folderOf(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
}

std::string temporaryPrefix(const std::filesystem::path& path) {
    return ".finebrush-" + path.filename().string() + ".";
}

}  // namespace

std::string utf8(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

std::filesystem::path pathFromUtf8(std::string_view text) {
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

Result<std::vector<uint8_t>> readFile(const std::filesystem::path& path, uint64_t maxBytes) {
    // A FIFO would block open() for ever, so the kind is asked for first.
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        return failure(missing ? ErrorCode::FileMissing : ErrorCode::FileNotReadable, {utf8(path)},
                       missing ? "" : std::strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) return failure(ErrorCode::NotARegularFile, {utf8(path)});
    if (static_cast<uint64_t>(status.st_size) > maxBytes) {
        return failure(ErrorCode::FileNotReadable, {utf8(path)}, "the file is larger than expected");
    }
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen()) return failure(ErrorCode::FileNotReadable, {utf8(path)}, std::strerror(errno));

    std::vector<uint8_t> bytes(static_cast<size_t>(status.st_size));
    size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count = ::read(file.value(), bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(ErrorCode::FileNotReadable, {utf8(path)}, std::strerror(errno));
        if (count == 0) break;
        filled += static_cast<size_t>(count);
    }
    bytes.resize(filled);
    return bytes;
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::span<const uint8_t> bytes) {
    const std::filesystem::path folder = folderOf(path);
    std::string name = (folder / (temporaryPrefix(path) + "XXXXXX")).string();
    Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file.isOpen()) return writeFailure(path, errno);

    int problem = writeAll(file.value(), bytes);
    if (problem == 0 && ::fchmod(file.value(), 0644) != 0) problem = errno;
    if (problem == 0 && ::fsync(file.value()) != 0) problem = errno;
    if (!file.close() && problem == 0) problem = errno;
    if (problem == 0 && ::rename(name.c_str(), path.c_str()) != 0) problem = errno;
    if (problem != 0) {
        ::unlink(name.c_str());
        return writeFailure(path, problem);
    }
    flushFolder(folder);
    return {};
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text) {
    return writeFileAtomically(path, std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

void removeTemporaryFiles(const std::filesystem::path& path) {
    const auto files = filesIn(folderOf(path));
    if (!files) return;
    for (const std::filesystem::path& file : *files) {
        std::error_code ignored;
        if (file.filename().string().starts_with(temporaryPrefix(path)))
            std::filesystem::remove(file, ignored);
    }
}

Result<void> makeFolder(const std::filesystem::path& path) {
    std::error_code problem;
    std::filesystem::create_directories(path, problem);
    if (problem) return failure(ErrorCode::FileNotWritable, {utf8(path)}, problem.message());
    return {};
}

Result<std::vector<std::filesystem::path>> filesIn(const std::filesystem::path& folder) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem))
        return failure(ErrorCode::FileMissing, {utf8(folder)});
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        if (entry->is_regular_file(problem)) files.push_back(entry->path());
    }
    if (problem) return failure(ErrorCode::FileNotReadable, {utf8(folder)}, problem.message());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace finebrush
