#pragma once

#include "core/image/display/display_mapping.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace finebrush {

class GreyScale;

/// A mapping that is made ready for pixels of one kind, so that the many tiles of an image cost that once.
/// Any thread.
class RgbMapper {
  public:
    /// `like` need not hold samples. The mapping must be sound.
    RgbMapper(const DisplayMapping& mapping, const PixelBuffer& like);

    /// As `toDisplayRgb`, of pixels of the same type and bands.
    std::vector<uint8_t> operator()(const PixelBuffer& pixels) const;

  private:
    struct Channel {
        int band = 0;
        std::shared_ptr<const GreyScale> grey;
        std::shared_ptr<const uint8_t[]> table;  ///< of each sample of at most 16 bits; else null
        bool operator==(const Channel&) const = default;
    };
    std::array<Channel, 3> channels_;  ///< red, green and blue; those with the same limits share their greys
};

}  // namespace finebrush
