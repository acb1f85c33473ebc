#include "core/project/database/row_walk.h"

#include <exception>

namespace finebrush {

namespace {

constexpr int64_t kBeforeFirst = -1;
/// So many rows are tried one by one behind a page that is gone, and then in ever larger steps.
constexpr int64_t kSmallSteps = 500;

}  // namespace

void RowWalk::each(const std::string& table, const std::string& columns,
                   const std::function<void(SQLite::Statement&)>& visit) {
    // Without indexes, of which a damaged one would hide rows that are there.
    const std::string query =
        "SELECT " + columns + ", rowid FROM " + table + " NOT INDEXED WHERE rowid > ? ORDER BY rowid";
    if (passesOver()) {
        eachReadable(table, query, visit);
        return;
    }
    SQLite::Statement row(database_, query);
    row.bind(1, kBeforeFirst);
    while (row.executeStep()) visit(row);
}

void RowWalk::eachReadable(const std::string& table, const std::string& query,
                           const std::function<void(SQLite::Statement&)>& visit) {
    try {
        const SQLite::Statement prepared(database_, query);
    } catch (const SQLite::Exception&) {
        ++lost_[table];  // the table itself is gone
        return;
    }
    const int64_t last = lastNumber(table);
    int64_t after = kBeforeFirst, step = 1, steps = 0;
    while (after <= last) {
        try {
            SQLite::Statement row(database_, query);
            row.bind(1, after);
            while (row.executeStep()) {
                const int64_t number = row.getColumn(row.getColumnCount() - 1).getInt64();
                if (number <= after) throw SQLite::Exception("rows are out of order");
                after = number;
                try {
                    visit(row);
                } catch (const SQLite::Exception&) {
                    throw;
                } catch (const std::exception&) {
                    ++lost_[table];
                }
            }
            return;
        } catch (const SQLite::Exception&) {
            // A page cannot be read: the search goes on behind it.
            ++lost_[table];
            if (++steps > kSmallSteps) step *= 2;
            after += step;
        }
    }
}

int64_t RowWalk::lastNumber(const std::string& table) {
    try {
        return database_.execAndGet("SELECT ifnull(max(rowid), 0) FROM " + table + " NOT INDEXED").getInt64();
    } catch (const SQLite::Exception&) {
        return int64_t{1} << 40;  // not known; more than any project has
    }
}

bool RowWalk::hasColumn(const std::string& table, const std::string& column) {
    try {
        SQLite::Statement found(database_, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
        found.bind(1, table);
        found.bind(2, column);
        return found.executeStep();
    } catch (const SQLite::Exception&) {
        if (passesOver()) return false;
        throw;
    }
}

}  // namespace finebrush
