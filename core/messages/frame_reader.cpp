#include "core/messages/codec.h"

#include <algorithm>
#include <string_view>

namespace finebrush::messages {

namespace {

/// A body's first key, as CBOR writes it: a text of four bytes.
constexpr std::string_view kFirstKey = "\x64type";
constexpr size_t kShortestBody = 1 + kFirstKey.size() + 1;

/// Whether what has arrived of a body can be the beginning of a map whose first key is "type".
bool canBeginMessage(const std::vector<uint8_t>& body) {
    if (body.empty()) return true;
    const bool isShortMap = body[0] >= 0xa1 && body[0] <= 0xb7;  // 1 to 23 fields
    const size_t arrived = std::min(body.size() - 1, kFirstKey.size());
    return isShortMap &&
           std::equal(body.begin() + 1, body.begin() + 1 + static_cast<std::ptrdiff_t>(arrived),
                      kFirstKey.begin(), kFirstKey.begin() + static_cast<std::ptrdiff_t>(arrived));
}

}  // namespace

void FrameReader::append(std::span<const uint8_t> bytes) {
    while (!bytes.empty() && !malformed_) {
        if (lengthBytes_ < kLengthBytes) {
            length_ |= static_cast<uint32_t>(bytes.front()) << (8 * lengthBytes_++);
            bytes = bytes.subspan(1);
            malformed_ = lengthBytes_ == kLengthBytes && length_ < kShortestBody;
            continue;
        }
        const auto part = bytes.first(std::min<size_t>(bytes.size(), length_ - body_.size()));
        body_.insert(body_.end(), part.begin(), part.end());
        bytes = bytes.subspan(part.size());
        malformed_ = !canBeginMessage(body_);
        if (body_.size() == length_ && !malformed_) finishBody();
    }
}

void FrameReader::finishBody() {
    whole_.push_back(std::move(body_));
    body_ = {};
    length_ = 0;
    lengthBytes_ = 0;
}

Result<std::optional<std::vector<uint8_t>>> FrameReader::next() {
    if (whole_.empty()) {
        if (malformed_) return failure(ErrorCode::ProtocolMalformed, {"what arrives is no frame"});
        return std::nullopt;
    }
    std::vector<uint8_t> body = std::move(whole_.front());
    whole_.pop_front();
    return body;
}

}  // namespace finebrush::messages
