#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace finebrush {

/// What of a table could not be read: rows by the table's name. At least so many, where whole pages are gone.
using LostRows = std::map<std::string, int64_t>;

/// Reads the tables of a project row by row in the order of their numbers; strictly, or past what is damaged.
class RowWalk {
  public:
    enum class Damage { Refuse, PassOver };

    RowWalk(SQLite::Database& database, Damage damage) : database_(database), damage_(damage) {}

    bool passesOver() const { return damage_ == Damage::PassOver; }
    const LostRows& lost() const { return lost_; }
    /// Counts rows as lost that a reader had to leave out later.
    void lose(const std::string& table, int64_t rows) { lost_[table] += rows; }

    /// Calls `visit` with each row of the named columns; an exception of it is a row that is damaged. Throws
    /// SQLite::Exception and what `visit` throws where damage is refused.
    void each(const std::string& table, const std::string& columns,
              const std::function<void(SQLite::Statement&)>& visit);
    bool hasColumn(const std::string& table, const std::string& column);

  private:
    void eachReadable(const std::string& table, const std::string& query,
                      const std::function<void(SQLite::Statement&)>& visit);
    int64_t lastNumber(const std::string& table);

    SQLite::Database& database_;
    Damage damage_;
    LostRows lost_;
};

}  // namespace finebrush
