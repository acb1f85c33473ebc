#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// Where low-rank adapters are put, and which details their experts look at, as settings spell it.
namespace finebrush::messages {

/// The parts of a block that have an adapter.
struct Projections {
    bool query = false;
    bool key = false;
    bool value = false;
    bool output = false;  ///< of the attention
    bool mlp = false;     ///< both of its layers

    bool attention() const { return query || key || value; }
    bool operator==(const Projections&) const = default;
};

/// "q,k,v,o,mlp" or some of these, in any order. Nothing where the text is none of these lists.
std::optional<Projections> projectionsFromText(std::string_view text);

/// "1,2,4": at how many times the detail each expert works, 1 to 16. Nothing where the text is no such list
/// of 1 to 16 numbers.
std::optional<std::vector<int>> scalesFromText(std::string_view text);

}  // namespace finebrush::messages
