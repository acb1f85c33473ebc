#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace finebrush::messages {

/// Bytes of a frame's length, little-endian.
inline constexpr size_t kLengthBytes = 4;
/// Of the arrays in a message: less than what a length can tell.
inline constexpr size_t kMostArrayBytes = (size_t{4} << 30) - (size_t{16} << 20);

/// A frame: the length of what follows, then a CBOR map whose first key is "type", beside the message's
/// fields. Arrays are maps of `dtype` (NumPy's name), `shape` and `data` (a byte string, little-endian).
/// Pixels are copied once. Throws std::invalid_argument for an image or mask whose bytes do not fit its size,
/// std::length_error for a message above 4 GiB - 1.
std::vector<uint8_t> encode(const ToEngine& message);
std::vector<uint8_t> encode(const FromEngine& message);

/// Turns the body of a frame (without its length) into a message. Fields that are not known are left alone.
/// Errors: ProtocolMalformed with the field and what is wrong with it.
Result<ToEngine> decodeToEngine(std::span<const uint8_t> body);
Result<FromEngine> decodeFromEngine(std::span<const uint8_t> body);

/// Cuts a stream of bytes into frame bodies. Holds no more memory than has arrived, whatever length a frame
/// claims.
class FrameReader {
  public:
    /// Adds bytes that have arrived.
    void append(std::span<const uint8_t> bytes);
    /// The next whole body, or nothing yet. Errors: ProtocolMalformed, from then on, where the stream does
    /// not go on with a frame (such as a shell's greeting).
    Result<std::optional<std::vector<uint8_t>>> next();

  private:
    void finishBody();

    uint32_t length_ = 0;     ///< of the body that is arriving; whole once `lengthBytes_` is kLengthBytes
    size_t lengthBytes_ = 0;  ///< how many bytes of the length have arrived
    std::vector<uint8_t> body_;
    std::deque<std::vector<uint8_t>> whole_;
    bool malformed_ = false;
};

}  // namespace finebrush::messages
