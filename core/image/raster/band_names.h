#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// The bands, from 0 on, whose names say that they are red, green and blue: "Red", "B04 (red)", "green".
/// Numbers as "B4", "band 3" and "B02" are those of Sentinel-2 and of Landsat 8, where 4, 3 and 2 are red,
/// green and blue; they count only where there is also a band from B8 on or no B1, since older Landsats,
/// which have fewer bands, give 3, 2 and 1 these colours. Nothing where one of the colours is not named.
std::optional<std::array<int, 3>> coloursNamed(const std::vector<std::string>& names);

}  // namespace finebrush
