#pragma once

#include "core/checkpoint/malformed.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace finebrush {

static_assert(std::endian::native == std::endian::little,
              "checkpoints are little-endian and are read as they lie");

/// Reads forward through bytes and never beyond them: what is asked for and not there throws
/// MalformedCheckpoint with the reason that the cursor was made with.
class ByteCursor {
  public:
    ByteCursor(std::span<const uint8_t> bytes, std::string reasonAtEnd)
        : bytes_(bytes), reasonAtEnd_(std::move(reasonAtEnd)) {}

    size_t position() const { return position_; }
    size_t remaining() const { return bytes_.size() - position_; }
    std::span<const uint8_t> rest() const { return bytes_.subspan(position_); }

    std::span<const uint8_t> take(uint64_t count) {
        if (count > remaining()) throw MalformedCheckpoint(reasonAtEnd_);
        const auto taken = bytes_.subspan(position_, static_cast<size_t>(count));
        position_ += taken.size();
        return taken;
    }

    /// A little-endian integer, or an enum of one.
    template <typename Integer>
    Integer read() {
        Integer value;
        std::memcpy(&value, take(sizeof(Integer)).data(), sizeof(Integer));
        return value;
    }

  private:
    std::span<const uint8_t> bytes_;
    std::string reasonAtEnd_;
    size_t position_ = 0;
};

inline std::string_view textOf(std::span<const uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace finebrush
