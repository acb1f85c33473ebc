#include "core/project/project_snapshot.h"

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/project/database/project_database.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace finebrush {

namespace {

constexpr int kAttempts = 5;
constexpr size_t kHeaderBytes = 100;
constexpr size_t kLogHeaderBytes = 32;
constexpr uint32_t kUsualPageBytes = 4096;
constexpr uint64_t kMostBytes = uint64_t{1} << 36;

std::filesystem::path logOf(const std::filesystem::path& path) {
    return std::filesystem::path(path) += "-wal";
}

/// The first bytes of a file; fewer where it has fewer.
std::string headOf(const std::filesystem::path& path, size_t count) {
    std::string head(count, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(count));
    head.resize(static_cast<size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return head;
}

Error copyError(const std::error_code& problem, const std::filesystem::path& from,
                const std::filesystem::path& to) {
    if (problem == std::errc::no_space_on_device) return {ErrorCode::DiskFull, {utf8(to)}, {}};
    std::ifstream readable(from, std::ios::binary);
    if (!readable) return {ErrorCode::FileNotReadable, {utf8(from)}, problem.message()};
    return {ErrorCode::FileNotWritable, {utf8(to)}, problem.message()};
}

/// The log is copied after the file. While it keeps its header it is only added to, so that it holds all that
/// may have been moved into the file during the copy.
Result<bool> copyOnce(const std::filesystem::path& from, const std::filesystem::path& to) {
    const std::string before = headOf(logOf(from), kLogHeaderBytes);
    std::error_code problem;
    constexpr auto over = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(from, to, over, problem);
    if (problem) return failure(copyError(problem, from, to));
    std::filesystem::remove(logOf(to), problem);
    if (std::filesystem::exists(logOf(from), problem)) {
        std::filesystem::copy_file(logOf(from), logOf(to), over, problem);
        if (problem && problem != std::errc::no_such_file_or_directory)
            return failure(copyError(problem, logOf(from), logOf(to)));
    }
    return headOf(logOf(from), kLogHeaderBytes) == before;
}

uint32_t bigEndian(const std::string& bytes, size_t at, size_t count) {
    uint32_t number = 0;
    for (size_t i = 0; i < count; ++i) number = number << 8 | static_cast<uint8_t>(bytes[at + i]);
    return number;
}

/// The fields of SQLite's header that are the same in every project (fileformat2.html, 1.3).
void repairHeader(std::string& head) {
    using namespace std::string_literals;
    uint32_t pageBytes = bigEndian(head, 16, 2);
    if (pageBytes < 512 || !std::has_single_bit(pageBytes)) pageBytes = kUsualPageBytes;
    const auto put = [&head](size_t at, const std::string& bytes) {
        std::ranges::copy(bytes, head.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, "SQLite format 3\0"s);
    put(16, {static_cast<char>(pageBytes >> 8), static_cast<char>(pageBytes)});
    put(18, "\2\2\0\x40\x20\x20"s);  // WAL; no reserved bytes; payload fractions
    put(44, "\0\0\0\4"s);            // schema format
    put(56, "\0\0\0\1"s);            // UTF-8
}

/// Gives the copy a readable header and the length that the header speaks of.
void repair(const std::filesystem::path& path) {
    std::string head = headOf(path, kHeaderBytes);
    if (head.size() < kHeaderBytes) return;
    const std::string found = head;
    repairHeader(head);
    if (head != found) {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.write(head.data(), static_cast<std::streamsize>(head.size()));
    }
    const uint64_t pageBytes = bigEndian(head, 16, 2);
    std::error_code problem;
    const uint64_t bytes = std::filesystem::file_size(path, problem);
    const uint64_t whole = (bytes + pageBytes - 1) / pageBytes * pageBytes;
    const uint64_t wanted = std::max(whole, bigEndian(head, 28, 4) * pageBytes);
    if (!problem && wanted > bytes && wanted <= kMostBytes)
        std::filesystem::resize_file(path, wanted, problem);
}

}  // namespace

Result<ProjectSnapshot> ProjectSnapshot::of(const std::filesystem::path& path,
                                            const std::filesystem::path& folder) {
    if (Result<void> made = makeFolder(folder); !made) return failure(made.error());
    ProjectSnapshot snapshot(folder / (".finebrush-" + randomUuid()));
    bool isWhole = false;
    for (int attempt = 0; attempt < kAttempts && !isWhole; ++attempt) {
        const Result<bool> copied = copyOnce(path, snapshot.path_);
        if (!copied) return failure(copied.error());
        isWhole = *copied;
    }
    std::error_code ignored;
    std::filesystem::permissions(snapshot.path_, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add, ignored);
    repair(snapshot.path_);
    return snapshot;
}

ProjectSnapshot::~ProjectSnapshot() {
    if (!path_.empty()) deleteProjectFile(path_);
}

ProjectSnapshot::ProjectSnapshot(ProjectSnapshot&& other) noexcept : path_(std::exchange(other.path_, {})) {}

void ProjectSnapshot::replaceFirstPage(const ProjectSnapshot& empty) const {
    const std::string head = headOf(empty.path_, kHeaderBytes);
    if (head.size() < kHeaderBytes) return;
    std::string page = headOf(empty.path_, bigEndian(head, 16, 2));
    std::error_code problem;
    const uint64_t pages = std::filesystem::file_size(path_, problem) / page.size();
    if (problem || pages == 0 || pages > kMostBytes / page.size()) return;
    // Its fields: the number of pages; none of them is free.
    for (size_t i = 0; i < 4; ++i) page[28 + i] = static_cast<char>(pages >> (24 - 8 * i));
    std::fill_n(page.begin() + 32, 8, '\0');
    std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
    file.write(page.data(), static_cast<std::streamsize>(page.size()));
}

void ProjectSnapshot::deleteLog() const {
    std::error_code ignored;
    std::filesystem::remove(logOf(path_), ignored);
}

}  // namespace finebrush
