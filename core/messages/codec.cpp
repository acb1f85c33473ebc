#include "core/messages/codec.h"

#include "core/messages/cbor_reader.h"
#include "core/messages/cbor_writer.h"

#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace finebrush::messages {

namespace {

/// Larger than all fields of a frame that are no arrays, as a rule.
constexpr size_t kRoomBesideArrays = size_t{64} << 10;

size_t arrayBytes(const BorrowingJson& value) {
    if (value.is_binary()) return value.get_binary().size();
    size_t bytes = 0;
    if (value.is_structured()) {
        for (const BorrowingJson& part : value) bytes += arrayBytes(part);
    }
    return bytes;
}

void writeLength(std::vector<uint8_t>& frame) {
    const size_t length = frame.size() - kLengthBytes;
    if (length > std::numeric_limits<uint32_t>::max()) {
        throw std::length_error("encode: a message is larger than 4 GiB");
    }
    for (size_t i = 0; i < kLengthBytes; ++i) frame[i] = static_cast<uint8_t>(length >> (8 * i));
}

template <typename Message>
std::vector<uint8_t> encodeMessage(const Message& message) {
    CborWriter writer;
    writer("type", std::string(kTypeName<Message>));
    visitFields(writer, message);
    const BorrowingJson map = writer.takeMap();

    std::vector<uint8_t> frame;
    frame.reserve(arrayBytes(map) + kRoomBesideArrays);
    frame.resize(kLengthBytes);
    BorrowingJson::to_cbor(map, frame);
    writeLength(frame);
    return frame;
}

template <typename Message>
void checkSizes(const Message&) {}

void checkSizes(const Prediction& prediction) {
    if (!prediction.confidence.empty() && prediction.confidence.size() != prediction.mask.values.size()) {
        throw Malformed("“confidence” is of another size than “mask”");
    }
}

/// Fills `decoded` when its alternative `Message` is the type that is named.
template <typename Message, typename AnyMessage>
bool readAs(nlohmann::json& map, const std::string& type, AnyMessage& decoded) {
    if (type != kTypeName<Message>) return false;
    Message message;
    CborReader reader(map, "");
    visitFields(reader, message);
    checkSizes(message);
    decoded = std::move(message);
    return true;
}

template <typename... Messages>
std::variant<Messages...> decodeBody(std::span<const uint8_t> body,
                                     std::type_identity<std::variant<Messages...>>) {
    nlohmann::json map = parseCbor(body);
    std::string type;
    CborReader reader(map, "");
    reader("type", type);
    std::variant<Messages...> decoded;
    if (!(readAs<Messages>(map, type, decoded) || ...)) {
        throw Malformed("the type “" + type.substr(0, 40) + "” is not known");
    }
    return decoded;
}

template <typename AnyMessage>
Result<AnyMessage> decode(std::span<const uint8_t> body) {
    try {
        return decodeBody(body, std::type_identity<AnyMessage>{});
    } catch (const Malformed& problem) {
        return failure(ErrorCode::ProtocolMalformed, {problem.what()});
    }
}

}  // namespace

std::vector<uint8_t> encode(const ToEngine& message) {
    return std::visit([](const auto& one) { return encodeMessage(one); }, message);
}

std::vector<uint8_t> encode(const FromEngine& message) {
    return std::visit([](const auto& one) { return encodeMessage(one); }, message);
}

Result<ToEngine> decodeToEngine(std::span<const uint8_t> body) {
    return decode<ToEngine>(body);
}

Result<FromEngine> decodeFromEngine(std::span<const uint8_t> body) {
    return decode<FromEngine>(body);
}

}  // namespace finebrush::messages
