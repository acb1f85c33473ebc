#pragma once

#include "core/base/result.h"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace finebrush {

/// What the parsers of this room throw at a file that breaks its format. It never leaves the room:
/// `refuseMalformed` turns it into an Error at the door. A parser reads hundreds of fields, and a Result for
/// each would bury the format.
class MalformedCheckpoint : public std::runtime_error {
  public:
    /// `detail` says where: the tensor's name, the place in the header.
    explicit MalformedCheckpoint(const std::string& reason, std::string detail = {})
        : std::runtime_error(reason), detail_(std::move(detail)) {}

    const std::string& detail() const { return detail_; }

  private:
    std::string detail_;
};

/// Text from a file as it may stand in a sentence: printable ASCII, other bytes as '?', cut after 80 bytes.
std::string printable(std::string_view text);

/// The same between single quotes.
std::string inQuotes(std::string_view text);

/// Runs a parser and turns its MalformedCheckpoint into CheckpointMalformed {source, reason} with the detail.
template <typename Parse>
auto refuseMalformed(const std::string& source, Parse&& parse) -> Result<decltype(parse())> {
    try {
        return std::forward<Parse>(parse)();
    } catch (const MalformedCheckpoint& problem) {
        return failure(ErrorCode::CheckpointMalformed, {source, problem.what()}, problem.detail());
    }
}

}  // namespace finebrush
