#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>

namespace finebrush {

/// The bytes of a column; valid until the statement goes on.
inline std::span<const uint8_t> blobOf(const SQLite::Column& column) {
    return {static_cast<const uint8_t*>(column.getBlob()), static_cast<size_t>(column.getBytes())};
}

/// Throws std::length_error for more bytes than SQLite takes.
inline void bindBlob(SQLite::Statement& statement, int index, std::span<const uint8_t> bytes) {
    if (bytes.size() > std::numeric_limits<int>::max()) {
        throw std::length_error("a blob is larger than SQLite takes");
    }
    // A null pointer would bind NULL where no bytes are meant.
    statement.bind(index, bytes.empty() ? static_cast<const void*>("") : bytes.data(),
                   static_cast<int>(bytes.size()));
}

}  // namespace finebrush
