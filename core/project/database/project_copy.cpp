#include "core/project/database/project_copy.h"

#include "core/base/files.h"
#include "core/base/project_file_name.h"
#include "core/base/uuid.h"
#include "core/project/database/project_schema.h"
#include "core/project/database/project_writer.h"
#include "core/project/image_place.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <iterator>
#include <sqlite3.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace finebrush {

namespace {

constexpr std::chrono::milliseconds kMoment{20};

/// Flushes a file or a folder to the disk.
Result<void> flush(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int problem = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!flushed) return failure(ErrorCode::FileNotWritable, {utf8(path)}, std::strerror(problem));
    return {};
}

/// Brings what a database has written by now to the disk.
Result<void> flushWritten(SQLite::Database& database, const std::filesystem::path& path) {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (!file || !file->pMethods || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK) return {};
    return failure(ErrorCode::FileNotWritable, {utf8(path)}, std::strerror(errno));
}

/// Finds the images of a project from its old folder, and says where they are from a new one.
void moveFolder(SQLite::Database& database, const std::filesystem::path& from,
                const std::filesystem::path& to) {
    SQLite::Transaction transaction(database);
    SQLite::Statement row(database, "SELECT id, relative_path, absolute_path, file_bytes FROM images");
    SQLite::Statement update(database, "UPDATE images SET relative_path = ?, absolute_path = ? WHERE id = ?");
    while (row.executeStep()) {
        const StoredPlace stored{row.getColumn(1).getString(), row.getColumn(2).getString(),
                                 static_cast<uint64_t>(row.getColumn(3).getInt64())};
        const std::filesystem::path image = currentPlace(stored, from);
        update.bind(1, relativePath(image, to));
        update.bind(2, utf8(image));
        update.bind(3, row.getColumn(0).getString());
        update.exec();
        update.reset();
    }
    transaction.commit();
}

void renameLogs(const std::filesystem::path& from, const std::filesystem::path& to) {
    for (const char* suffix : kProjectLogSuffixes) {
        std::error_code ignored;
        std::filesystem::rename(std::filesystem::path(from) += suffix, std::filesystem::path(to) += suffix,
                                ignored);
    }
}

/// True for what SQLite says of a file that it reads, and not of one that it fills.
bool isOfReading(const SQLite::Exception& problem) {
    switch (problem.getExtendedErrorCode()) {
        case SQLITE_IOERR_READ:
        case SQLITE_IOERR_SHORT_READ:
        case SQLITE_IOERR_CORRUPTFS:
        case SQLITE_IOERR_FSTAT:
            return true;
        default:
            return problem.getErrorCode() == SQLITE_CORRUPT || problem.getErrorCode() == SQLITE_NOTADB;
    }
}

}  // namespace

Result<std::unique_ptr<ProjectCopy>> ProjectCopy::begin(ProjectDatabase* source, std::filesystem::path target,
                                                        int pagesPerSlice) {
    if (Result<void> made = makeFolder(target.parent_path()); !made) return failure(made.error());
    if (isProjectInUse(target)) return failure(ErrorCode::ProjectInUse, {utf8(target)});
    std::unique_ptr<ProjectCopy> copy(new ProjectCopy(source, std::move(target), pagesPerSlice));
    if (Result<void> opened = copy->open(); !opened) return failure(opened.error());
    return copy;
}

ProjectCopy::ProjectCopy(ProjectDatabase* source, std::filesystem::path target, int pagesPerSlice)
    : source_(source),
      target_(std::move(target)),
      temporary_(target_.parent_path() / (".finebrush-" + randomUuid())),
      pagesPerSlice_(pagesPerSlice) {
    if (source_) sourcePath_ = source_->path();
}

ProjectCopy::~ProjectCopy() {
    backup_.reset();
    filled_.reset();
    settled_ = {};  // waits for its thread
    whole_.reset();
    deleteProjectFile(temporary_);
}

Result<void> ProjectCopy::open() {
    if (!source_) return {};
    try {
        filled_ = std::make_unique<SQLite::Database>(utf8(temporary_),
                                                     SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        // Nobody looks at it before it is whole, and then it is brought to the disk as such.
        filled_->exec("PRAGMA journal_mode = OFF");
        filled_->exec("PRAGMA synchronous = OFF");
        backup_ = std::make_unique<SQLite::Backup>(*filled_, *source_->database_);
        return {};
    } catch (const SQLite::Exception& problem) {
        return failure(storageError(problem, target_, filled_.get()));
    }
}

Result<bool> ProjectCopy::step() {
    if (backup_) {
        if (Result<void> copied = copySlice(); !copied) return failure(copied.error());
        return false;
    }
    if (whole_) return true;
    return settle();
}

Result<bool> ProjectCopy::settle() {
    try {
        if (!settled_.valid()) settled_ = std::async(std::launch::async, settled, temporary_, sourcePath_);
        if (settled_.wait_for(kMoment) != std::future_status::ready) return false;
        Result<ProjectDatabase> whole = settled_.get();
        if (!whole) return failure(ofTarget(whole.error()));
        whole_ = std::move(*whole);
        return true;
    } catch (const std::exception& problem) {  // no thread or no memory is to be had
        return failure(ErrorCode::Internal, {problem.what()});
    }
}

Result<void> ProjectCopy::copySlice() {
    try {
        const int outcome = backup_->executeStep(pagesPerSlice_);
        // Were all to wait for the end, a commit to the source would have to wait for it on the same disk.
        if (outcome == SQLITE_OK) return flushWritten(*filled_, target_);
        backup_.reset();
        filled_.reset();
        if (outcome == SQLITE_DONE) return {};
        return failure(ErrorCode::ProjectInUse, {utf8(target_)});
    } catch (const SQLite::Exception&) {
        backup_.reset();  // only then the copy's connection knows what it was
        const SQLite::Exception problem(filled_->getHandle());
        if (isOfReading(problem))
            return failure(ErrorCode::FileNotReadable, {utf8(*sourcePath_)}, problem.what());
        return failure(storageError(problem, target_, filled_.get()));
    }
}

void ProjectCopy::committed(ProjectWrites writes) {
    if (!backup_) later_.push_back(std::move(writes));
}

Result<ProjectDatabase> ProjectCopy::settled(const std::filesystem::path& temporary,
                                             const std::optional<std::filesystem::path>& source) {
    const auto refusal = [&](const Error& error) {
        // Pages are copied as they are.
        if (!source || error.code != ErrorCode::ProjectMalformed) return failure(error);
        return failure(ErrorCode::FileNotReadable, {utf8(*source)}, error.arguments.back());
    };
    if (Result<void> flushed = source ? flush(temporary) : Result<void>(); !flushed)
        return failure(flushed.error());
    Result<ProjectDatabase> made = ProjectDatabase::create(temporary);
    if (!made) return refusal(made.error());
    SQLite::Database& database = *made->database_;
    try {
        // Without a log: SQLite does not say whether closing has brought all of one into the file.
        if (database.execAndGet("PRAGMA journal_mode = DELETE").getString() != "delete")
            return failure(ErrorCode::FileNotWritable, {utf8(temporary)});
        if (!source) return made;
        if (Result<bool> sound = made->check(); !sound) return refusal(sound.error());
        moveFolder(database, source->parent_path(), temporary.parent_path());
        return made;
    } catch (const SQLite::Exception& problem) {
        return refusal(storageError(problem, temporary, &database));
    } catch (const std::exception& problem) {
        return failure(ErrorCode::Internal, {problem.what()});
    }
}

Result<ProjectDatabase> ProjectCopy::finish(std::span<const ProjectWrites> further) {
    Result<void> outcome = complete(further);
    whole_.reset();
    if (outcome && isProjectInUse(target_)) outcome = failure(ErrorCode::ProjectInUse, {utf8(target_)});
    if (outcome) outcome = flush(temporary_);
    if (outcome) outcome = placeOverTarget();
    if (!outcome) return failure(ofTarget(outcome.error()));
    // It is there: that a power cut might take its name is no reason to go on in the old file.
    (void)flush(target_.parent_path());
    return ProjectDatabase::create(target_);
}

Result<void> ProjectCopy::complete(std::span<const ProjectWrites> further) {
    later_.insert(later_.end(), further.begin(), further.end());
    // These know where images are by now.
    if (Result<void> written = whole_->write(later_); !written) return written;
    try {
        useWriteAheadLog(*whole_->database_);
        return {};
    } catch (const SQLite::Exception& problem) {
        return failure(storageError(problem, temporary_, whole_->database_.get()));
    }
}

Result<void> ProjectCopy::placeOverTarget() {
    // One of the old file must not be replayed into the new one, and belongs to it until that is there.
    const std::filesystem::path old = std::filesystem::path(temporary_) += ".old";
    renameLogs(target_, old);
    Result<void> outcome;
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
        outcome = failure(ErrorCode::FileNotWritable, {utf8(target_)}, std::strerror(errno));
        renameLogs(old, target_);
    }
    deleteProjectFile(old);
    return outcome;
}

Error ProjectCopy::ofTarget(Error error) const {
    for (std::string& argument : error.arguments) {
        if (argument == utf8(temporary_)) argument = utf8(target_);
    }
    return error;
}

}  // namespace finebrush
