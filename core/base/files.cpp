#include "core/base/files.h"

#include "core/base/text.h"
#include "core/base/unfinished_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace finebrush {

namespace {

/// Owns a file descriptor.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (isOpen()) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int value() const { return value_; }
    bool isOpen() const { return value_ >= 0; }

  private:
    int value_;
};

}  // namespace

std::string utf8(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

std::filesystem::path pathFromUtf8(std::string_view text) {
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

bool isPlainFileName(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\\\0", 3)) == name.npos;
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
    Result<UnfinishedFile> file = UnfinishedFile::create(path);
    if (!file) return failure(file.error());
    const Result<void> written = file->write(bytes);
    return written ? file->finish() : written;
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text) {
    return writeFileAtomically(path, bytesOf(text));
}

void removeTemporaryFiles(const std::filesystem::path& path) {
    const auto files = filesIn(UnfinishedFile::folderOf(path));
    if (!files) return;
    for (const std::filesystem::path& file : *files) {
        std::error_code ignored;
        if (file.filename().string().starts_with(UnfinishedFile::prefixOf(path)))
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
    std::ranges::sort(files, [](const std::filesystem::path& one, const std::filesystem::path& other) {
        return ::strverscmp(one.c_str(), other.c_str()) < 0;  // "image_2" before "image_10"
    });
    return files;
}

}  // namespace finebrush
