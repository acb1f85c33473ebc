#include "core/project/database/project_schema.h"

#include "core/base/files.h"
#include "core/project/database/blob.h"
#include "core/project/database/tile_row.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <span>
#include <sqlite3.h>
#include <vector>

namespace finebrush {

namespace {

// Step n leads from schema version n to n + 1. Steps are never edited once released; a change is a new step.
constexpr std::array kMigrations = {
    R"sql(
CREATE TABLE images (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    relative_path TEXT NOT NULL,   -- to the folder of this file; tried first
    absolute_path TEXT NOT NULL,
    file_bytes INTEGER NOT NULL,   -- with the hash: finds a file that was moved
    file_sha256 TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    removed INTEGER NOT NULL,      -- hidden, kept for undo
    thumbnail_width INTEGER NOT NULL,
    thumbnail_height INTEGER NOT NULL,
    thumbnail BLOB NOT NULL        -- 8-bit RGB, compressed
) STRICT;
CREATE TABLE tiles (               -- class values, 255 = unlabelled; tiles without labels are left out
    image_id TEXT NOT NULL,
    tile_column INTEGER NOT NULL,
    tile_row INTEGER NOT NULL,
    labels BLOB NOT NULL,          -- 256 x 256 bytes, row-major, compressed
    PRIMARY KEY (image_id, tile_column, tile_row)
) STRICT;
CREATE TABLE classes (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    value INTEGER NOT NULL UNIQUE,
    visible INTEGER NOT NULL
) STRICT;
CREATE TABLE edits (               -- the journal: undo and redo without limit
    number INTEGER PRIMARY KEY,
    undone INTEGER NOT NULL,
    content BLOB NOT NULL          -- CBOR, compressed
) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE runs (                -- adaptations; the three blobs are streams of message frames
    number INTEGER PRIMARY KEY,
    request BLOB NOT NULL,
    metrics BLOB NOT NULL,
    outcome BLOB NOT NULL
) STRICT;
CREATE TABLE adapter_files (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;  -- of the newest run
CREATE TABLE predictions (         -- the newest final one of an image
    image_id TEXT PRIMARY KEY,
    step INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    mask BLOB NOT NULL,            -- class values, row-major, compressed
    confidence BLOB NOT NULL       -- in 1/255, row-major, compressed; of no bytes where there is none
) STRICT;
)sql",
    R"sql(
ALTER TABLE runs ADD COLUMN finished_at INTEGER NOT NULL DEFAULT 0;  -- s since 1970, UTC; 0: not known
)sql",
    R"sql(
ALTER TABLE classes ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE images ADD COLUMN slice TEXT NOT NULL DEFAULT '';  -- of a volume: "axial:12"; else empty
)sql",
    R"sql(
ALTER TABLE images ADD COLUMN display TEXT NOT NULL DEFAULT '';  -- JSON; empty: as usual
)sql",
    R"sql(
-- Nothing but the number: a step of the journal may change several classes ("classes"), which older programs
-- would pass over.
)sql",
    R"sql(
ALTER TABLE tiles ADD COLUMN counts BLOB NOT NULL DEFAULT x'';     -- labelled pixels by class value
ALTER TABLE tiles ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;  -- of place, counts and labels
)sql",
    R"sql(
ALTER TABLE classes ADD COLUMN key TEXT NOT NULL DEFAULT '';  -- a digit or a letter; empty: none
UPDATE classes SET key = substr('1234567890', position + 1, 1);
)sql",
    R"sql(
CREATE TABLE earlier_adapter_files (  -- of runs before the newest, as far as they are kept
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (run, name)
) STRICT;
)sql",
    R"sql(
ALTER TABLE images ADD COLUMN review TEXT NOT NULL DEFAULT '';  -- "done", "to_check" or empty
)sql",
    // Of large images, by the newest adapter: tiles, and the cells whose prediction is in them. Written
    // small: as long as all statements fit on the first page, a file that lost its end or that page can still
    // be read.
    R"sql(
CREATE TABLE predicted_tiles (image_id TEXT NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL,
 labels BLOB NOT NULL, PRIMARY KEY (image_id, tile_column, tile_row)) STRICT;
CREATE TABLE predicted_cells (image_id TEXT NOT NULL, level INTEGER NOT NULL, cell_column INTEGER NOT NULL,
 cell_row INTEGER NOT NULL, seen_as TEXT NOT NULL, PRIMARY KEY (image_id, level, cell_column, cell_row)) STRICT;
ALTER TABLE predictions ADD COLUMN seen_as TEXT NOT NULL DEFAULT '';
)sql"};
constexpr int kChecksumStep = 5;  // the one that brings them

/// Looks once at every tile of a project in which they had no checksums.
void addChecksums(SQLite::Database& database) {
    SQLite::Statement row(database,
                          "SELECT tiles.rowid, image_id, tile_column, tile_row, labels, width, height"
                          " FROM tiles JOIN images ON images.id = image_id");
    SQLite::Statement update(database, "UPDATE tiles SET counts = ?, checksum = ? WHERE rowid = ?");
    while (row.executeStep()) {
        const TilePlace place{row.getColumn(2).getInt(), row.getColumn(3).getInt()};
        const std::span<const uint8_t> labels = blobOf(row.getColumn(4));
        const LabelMap image({row.getColumn(5).getInt(), row.getColumn(6).getInt()});
        const std::vector<uint8_t> counts =
            packCounts(LabelCounts::of(*unpackTile(labels), image.tileRect(place.column, place.row)));
        bindBlob(update, 1, counts);
        update.bind(2, int64_t{tileChecksum(row.getColumn(1).getString(), place, labels, counts)});
        update.bind(3, row.getColumn(0).getInt64());
        update.exec();
        update.reset();
    }
}

bool isFull(int errorNumber) {
    return errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG;
}

}  // namespace

int currentSchemaVersion() {
    return static_cast<int>(kMigrations.size());
}

void migrateSchema(SQLite::Database& database) {
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version >= currentSchemaVersion()) return;
    SQLite::Transaction transaction(database);
    for (int step = version; step < currentSchemaVersion(); ++step) {
        database.exec(kMigrations[static_cast<size_t>(step)]);
        if (step == kChecksumStep) addChecksums(database);
    }
    database.exec("PRAGMA application_id = " + std::to_string(kProjectApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(currentSchemaVersion()));
    transaction.commit();
}

void prepareConnection(SQLite::Database& database) {
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    // Strokes wander over the images of a large project: its pages should stay at hand.
    database.exec("PRAGMA cache_size = -65536");  // KiB
    database.exec("PRAGMA trusted_schema = OFF");
    database.exec("PRAGMA cell_size_check = ON");
}

void useWriteAheadLog(SQLite::Database& database) {
    database.exec("PRAGMA journal_mode = WAL");
    // NORMAL would lose the last strokes with the power; the writer's thread can wait for the disk.
    database.exec("PRAGMA synchronous = FULL");
    // Locks are taken lazily, and a project must be held from now on.
    database.exec("BEGIN EXCLUSIVE; COMMIT");
}

Error storageError(const SQLite::Exception& problem, const std::filesystem::path& path,
                   SQLite::Database* database) {
    const std::string name = utf8(path);
    const int systemError = database ? sqlite3_system_errno(database->getHandle()) : 0;
    switch (problem.getErrorCode()) {
        case SQLITE_FULL:
            return {ErrorCode::DiskFull, {name}, problem.what()};
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            if (isFull(systemError)) return {ErrorCode::DiskFull, {name}, std::strerror(systemError)};
            return {ErrorCode::FileNotWritable,
                    {name},
                    systemError ? std::strerror(systemError) : problem.what()};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorCode::FileNotWritable, {name}, problem.what()};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::ProjectInUse, {name}, {}};
        case SQLITE_NOMEM:
            return {ErrorCode::OutOfMemory, {"this machine"}, {}};
        case SQLITE_ERROR:  // such as a table that is missing
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_MISMATCH:
            return {ErrorCode::ProjectMalformed, {name, problem.what()}, {}};
        default:
            return {ErrorCode::Internal, {problem.what()}, {}};
    }
}

Result<void> requireRegularFile(const std::filesystem::path& path) {
    std::error_code problem;
    const auto status = std::filesystem::status(path, problem);
    if (!std::filesystem::exists(status)) return failure(ErrorCode::FileMissing, {utf8(path)});
    if (!std::filesystem::is_regular_file(status)) return failure(ErrorCode::NotARegularFile, {utf8(path)});
    return {};
}

}  // namespace finebrush
