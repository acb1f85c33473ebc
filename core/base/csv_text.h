#pragma once

#include <string>
#include <vector>

namespace finebrush {

/// A row of a table as spreadsheets read it (RFC 4180), with its line's end: a field is quoted where it would
/// be taken for more than one.
std::string csvRow(const std::vector<std::string>& fields);

}  // namespace finebrush
