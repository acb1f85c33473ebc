#include "core/project/database/journal_reader.h"

#include "core/project/database/blob.h"
#include "core/project/database/compression.h"
#include "core/project/database/edit_codec.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace finebrush {

namespace {

constexpr char kTable[] = "edits";
constexpr int64_t kEagerEdits = 200;

void require(bool condition, const char* reason) {
    if (!condition) throw MalformedProject(reason);
}

std::shared_ptr<const Edit> editFrom(const SQLite::Column& column) {
    const auto bytes = decompressed(blobOf(column));
    require(bytes.has_value(), "compressed data is damaged");
    Result<Edit> edit = decodeEdit(*bytes);
    if (!edit) throw MalformedProject(describe(edit.error()));
    return std::make_shared<const Edit>(std::move(*edit));
}

void requireFits(const Edit& edit, const ImageSizes& sizes) {
    for (const LabelChange& change : edit.labelChanges) {
        const auto size = sizes(change.image);
        require(size && change.patch.fits(*size), "an edit does not fit its image");
    }
    for (const ImageId& id : edit.removedImages)
        require(sizes(id).has_value(), "an edit removes no known image");
    for (const ReviewChange& change : edit.reviewChanges)
        require(sizes(change.image).has_value(), "an edit marks no known image");
}

/// Throws std::exception where a change does not fit the table.
void changeClass(ClassTable& table, const std::optional<LabelClass>& from,
                 const std::optional<LabelClass>& to, int index) {
    if (from) require(table.find(from->id), "an edit changes no known class");
    if (from && to) table.alter(*from, *to);
    if (from && !to) table.remove(from->id);
    if (!from && to) table.insert(index, *to);
}

int64_t newestDone(SQLite::Database& database) {
    return database
        .execAndGet(
            "SELECT ifnull((SELECT number FROM edits WHERE undone = 0 ORDER BY number DESC LIMIT 1), 0)")
        .getInt64();
}

EditList readSpan(SQLite::Database& database, int64_t first, int64_t last, int64_t done) {
    EditList edits;
    SQLite::Statement row(
        database, "SELECT number, undone, content FROM edits WHERE number BETWEEN ? AND ? ORDER BY number");
    row.bind(1, first);
    row.bind(2, last);
    while (row.executeStep()) {
        const int64_t number = row.getColumn(0).getInt64();
        require(number == first + std::ssize(edits), "the journal has a gap");
        require((row.getColumn(1).getInt() != 0) == (number > done), "the journal is out of order");
        edits.push_back(editFrom(row.getColumn(2)));
    }
    require(first + std::ssize(edits) == last + 1, "the journal has a gap");
    return edits;
}

}  // namespace

void requireEditsFit(const EditList& edits, size_t done, const ClassTable& classes, const ImageSizes& sizes) {
    for (const auto& edit : edits) requireFits(*edit, sizes);
    ClassTable table = classes;
    for (size_t i = done; i-- > 0;) {
        for (const ClassChange& change : std::views::reverse(edits[i]->classChanges))
            changeClass(table, change.after, change.before, change.index);
    }
    table = classes;
    for (size_t i = done; i < edits.size(); ++i) {
        for (const ClassChange& change : edits[i]->classChanges)
            changeClass(table, change.before, change.after, change.index);
    }
}

History readNewestEdits(SQLite::Database& database, const ClassTable& classes, const ImageSizes& sizes) {
    const int64_t first = database.execAndGet("SELECT ifnull(min(number), 1) FROM edits").getInt64();
    const int64_t last = database.execAndGet("SELECT ifnull(max(number), 0) FROM edits").getInt64();
    require(first == 1, "the journal has a gap");
    const int64_t done = newestDone(database);
    const int64_t older = std::max<int64_t>(done - kEagerEdits, 0);
    EditList edits = readSpan(database, older + 1, last, done);
    requireEditsFit(edits, static_cast<size_t>(done - older), classes, sizes);
    return {std::move(edits), static_cast<size_t>(done - older), older};
}

EditList readEdits(SQLite::Database& database, int64_t first, int64_t last) {
    return readSpan(database, first, last, last);
}

History salvageEdits(RowWalk& walk, const ClassTable& classes, const ImageSizes& sizes) {
    EditList edits;
    size_t done = 0;
    int64_t next = 1;
    walk.each(kTable, "number, undone, content", [&](SQLite::Statement& row) {
        const int64_t number = row.getColumn(0).getInt64();
        const bool undone = row.getColumn(1).getInt() != 0;
        auto edit = editFrom(row.getColumn(2));
        requireFits(*edit, sizes);
        if (number != next && undone) return;  // what lies behind a gap cannot be done again
        if (number != next) {
            // What lies before a gap cannot be undone.
            walk.lose(kTable, std::ssize(edits));
            edits.clear();
        }
        next = number + 1;
        edits.push_back(std::move(edit));
        if (!undone) done = edits.size();
    });
    try {
        requireEditsFit(edits, done, classes, sizes);
    } catch (const std::exception&) {
        walk.lose(kTable, std::ssize(edits));
        return {};
    }
    return {std::move(edits), done};
}

}  // namespace finebrush
