#pragma once

#include "core/labels/class_table.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace finebrush {

/// A class as a file may give it.
struct ClassDraft {
    std::optional<ClassId> id;
    std::string name;
    std::optional<Colour> colour;
    int64_t value = 0;
    std::optional<char> key = {};  ///< 0: it says that there is none
};
/// The classes of a file, or the reason why it is refused.
using ClassDrafts = tl::expected<std::vector<ClassDraft>, std::string>;

inline tl::unexpected<std::string> because(std::string reason) {
    return tl::unexpected<std::string>(std::move(reason));
}

/// Without blanks and ends of line at either end.
std::string withoutOuterSpace(std::string_view text);

/// The lines of a text, without outer space.
std::vector<std::string> trimmedLines(std::string_view text);

}  // namespace finebrush
