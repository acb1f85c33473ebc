#include "core/project/database/project_writer.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/messages/codec.h"
#include "core/project/database/blob.h"
#include "core/project/database/compression.h"
#include "core/project/database/display_codec.h"
#include "core/project/database/edit_codec.h"
#include "core/project/database/tile_row.h"

namespace finebrush {

namespace {

std::string displayText(const std::optional<DisplayMapping>& display) {
    return display ? encodeDisplay(*display) : std::string();
}

/// Carries out each kind of write.
struct Writer {
    SQLite::Database& database;
    const std::filesystem::path& folder;

    void operator()(const ImageWrite& write) const {
        const ImageRecord& record = write.record;
        SQLite::Statement insert(
            database,
            "INSERT INTO images (id, relative_path, absolute_path, file_bytes, file_sha256, width, height, "
            "removed,"
            " thumbnail_width, thumbnail_height, thumbnail, slice, display, review) VALUES (?, ?, ?, ?, ?, "
            "?, ?, ?, "
            "?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET relative_path = excluded.relative_path,"
            " absolute_path = excluded.absolute_path, file_bytes = excluded.file_bytes,"
            " file_sha256 = excluded.file_sha256, removed = excluded.removed,"
            " thumbnail_width = excluded.thumbnail_width, thumbnail_height = excluded.thumbnail_height,"
            " thumbnail = excluded.thumbnail, slice = excluded.slice,"
            " display = excluded.display, review = excluded.review");
        insert.bind(1, record.id);
        insert.bind(2, relativePath(record.path, folder));
        insert.bind(3, utf8(record.path));
        insert.bind(4, static_cast<int64_t>(record.fingerprint.bytes));
        insert.bind(5, record.fingerprint.sha256);
        insert.bind(6, record.size.width);
        insert.bind(7, record.size.height);
        insert.bind(8, record.removed ? 1 : 0);
        insert.bind(9, record.thumbnail.size().width);
        insert.bind(10, record.thumbnail.size().height);
        bindBlob(insert, 11, record.thumbnail.packed());
        insert.bind(12, record.slice ? toText(*record.slice) : std::string());
        insert.bind(13, displayText(record.display));
        insert.bind(14, toText(record.review));
        insert.exec();
    }

    void operator()(const DisplayWrite& write) const {
        SQLite::Statement update(database, "UPDATE images SET display = ? WHERE id = ?");
        update.bind(1, displayText(write.display));
        update.bind(2, write.image);
        update.exec();
    }

    void operator()(const ReviewWrite& write) const {
        SQLite::Statement update(database, "UPDATE images SET review = ? WHERE id = ?");
        update.bind(1, toText(write.review));
        update.bind(2, write.image);
        update.exec();
    }

    void operator()(const TilesWrite& write) const {
        SQLite::Statement replace(
            database,
            // A tile keeps its row: replacing it would write its index anew as well.
            "INSERT INTO tiles (image_id, tile_column, tile_row, labels, counts, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (image_id, tile_column, tile_row) DO UPDATE SET labels = excluded.labels,"
            " counts = excluded.counts, checksum = excluded.checksum");
        SQLite::Statement remove(database,
                                 "DELETE FROM tiles WHERE image_id = ? AND tile_column = ? AND tile_row = ?");
        const LabelMap labels = write.labels;  // a copy: what is unpacked only to be written goes again
        for (const TilePlace& place : write.places) {
            const std::shared_ptr<const LabelMap::Tile> tile = labels.tile(place.column, place.row);
            const LabelCounts counts =
                tile ? LabelCounts::of(*tile, labels.tileRect(place.column, place.row)) : LabelCounts();
            SQLite::Statement& statement = counts.total() == 0 ? remove : replace;
            statement.bind(1, write.image);
            statement.bind(2, place.column);
            statement.bind(3, place.row);
            if (counts.total() > 0) {
                const TileRow row = packTile(write.image, place, *tile, counts);
                bindBlob(statement, 4, row.labels);
                bindBlob(statement, 5, row.counts);
                statement.bind(6, int64_t{row.checksum});
            }
            statement.exec();
            statement.reset();
        }
    }

    void operator()(const EditWrite& write) const {
        SQLite::Statement drop(database, "DELETE FROM edits WHERE number >= ?");
        drop.bind(1, write.number);
        drop.exec();
        SQLite::Statement insert(database, "INSERT INTO edits (number, undone, content) VALUES (?, 0, ?)");
        insert.bind(1, write.number);
        bindBlob(insert, 2, compressed(encodeEdit(*write.edit)));
        insert.exec();
    }

    void operator()(const EditUndoneWrite& write) const {
        SQLite::Statement update(database, "UPDATE edits SET undone = ? WHERE number = ?");
        update.bind(1, write.undone ? 1 : 0);
        update.bind(2, write.number);
        update.exec();
    }

    void operator()(const ClassesWrite& write) const {
        database.exec("DELETE FROM classes");
        SQLite::Statement insert(
            database,
            "INSERT INTO classes (position, id, name, colour, value, visible, locked, key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        int position = 0;
        for (const LabelClass& entry : write.classes.classes()) {
            insert.bind(1, position++);
            insert.bind(2, entry.id);
            insert.bind(3, entry.name);
            insert.bind(4, toHex(entry.colour));
            insert.bind(5, entry.value);
            insert.bind(6, entry.visible ? 1 : 0);
            insert.bind(7, entry.locked ? 1 : 0);
            insert.bind(8, textOfKey(entry.key));
            insert.exec();
            insert.reset();
        }
    }

    void operator()(const SettingWrite& write) const {
        SQLite::Statement replace(database, "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)");
        replace.bind(1, write.key);
        replace.bind(2, write.value);
        replace.exec();
    }

    void operator()(const RunWrite& write) const {
        const AdaptationRun& run = *write.run;
        std::vector<uint8_t> metrics;
        for (const messages::StepMetrics& step : run.metrics) {
            const std::vector<uint8_t> frame = messages::encode(messages::FromEngine(step));
            metrics.insert(metrics.end(), frame.begin(), frame.end());
        }
        messages::Adapted outcome = run.outcome;
        outcome.adapter.clear();

        keepAdapterOfLastRun(write.adaptersToDrop);
        SQLite::Statement insert(
            database,
            "INSERT INTO runs (number, request, metrics, outcome, finished_at) VALUES (?, ?, ?, ?, ?)");
        insert.bind(1, write.number);
        bindBlob(insert, 2,
                 messages::encode(messages::ToEngine(messages::Adapt{run.settings, run.classes, {}, {}})));
        bindBlob(insert, 3, metrics);
        bindBlob(insert, 4, messages::encode(messages::FromEngine(outcome)));
        insert.bind(5, run.finishedAt);
        insert.exec();

        // They are of the adapter before.
        for (const char* table : {"predictions", "predicted_tiles", "predicted_cells"})
            database.exec(formatted("DELETE FROM %s", table));
        SQLite::Statement file(database, "INSERT INTO adapter_files (name, content) VALUES (?, ?)");
        for (const auto& [name, content] : run.outcome.adapter) {
            file.bind(1, name);
            bindBlob(file, 2, content);
            file.exec();
            file.reset();
        }
    }

    void keepAdapterOfLastRun(const std::vector<int64_t>& adaptersToDrop) const {
        database.exec(
            "INSERT INTO earlier_adapter_files (run, name, content)"
            " SELECT number, name, content FROM adapter_files, (SELECT max(number) AS number FROM runs)"
            " WHERE number IS NOT NULL");
        database.exec("DELETE FROM adapter_files");
        SQLite::Statement drop(database, "DELETE FROM earlier_adapter_files WHERE run = ?");
        for (const int64_t number : adaptersToDrop) {
            drop.bind(1, number);
            drop.exec();
            drop.reset();
        }
    }

    void operator()(const PredictionWrite& write) const {
        const KeptPrediction& prediction = *write.prediction;
        const PackedPrediction packed = prediction.packed();
        SQLite::Statement replace(
            database,
            "INSERT OR REPLACE INTO predictions (image_id, step, width, height, mask, confidence, seen_as)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)");
        replace.bind(1, prediction.imageId());
        replace.bind(2, prediction.step());
        replace.bind(3, prediction.size().width);
        replace.bind(4, prediction.size().height);
        bindBlob(replace, 5, *packed.mask);
        bindBlob(replace, 6, *packed.confidence);
        replace.bind(7, displayText(prediction.seenAs()));
        replace.exec();
    }

    void operator()(const PredictedCellWrite& write) const {
        SQLite::Statement tiles(
            database,
            "INSERT OR REPLACE INTO predicted_tiles (image_id, tile_column, tile_row, labels)"
            " VALUES (?, ?, ?, ?)");
        for (const PackedTile& tile : write.tiles) {
            tiles.bind(1, write.place.image);
            tiles.bind(2, tile.place.column);
            tiles.bind(3, tile.place.row);
            bindBlob(tiles, 4, *tile.labels);
            tiles.exec();
            tiles.reset();
        }
        SQLite::Statement cell(
            database,
            "INSERT OR REPLACE INTO predicted_cells (image_id, level, cell_column, cell_row, seen_as)"
            " VALUES (?, ?, ?, ?, ?)");
        cell.bind(1, write.place.image);
        cell.bind(2, write.place.cell.level);
        cell.bind(3, write.place.cell.column);
        cell.bind(4, write.place.cell.row);
        cell.bind(5, displayText(write.seenAs));
        cell.exec();
    }

    void operator()(const PredictedCellsDropped& write) const {
        for (const char* table : {"predicted_tiles", "predicted_cells"}) {
            SQLite::Statement remove(database, formatted("DELETE FROM %s WHERE image_id = ?", table));
            remove.bind(1, write.image);
            remove.exec();
        }
    }
};

}  // namespace

void applyWrite(SQLite::Database& database, const std::filesystem::path& folder, const ProjectWrite& write) {
    std::visit(Writer{database, folder}, write);
}

std::string relativePath(const std::filesystem::path& path, const std::filesystem::path& folder) {
    return utf8(path.lexically_relative(folder));
}

}  // namespace finebrush
