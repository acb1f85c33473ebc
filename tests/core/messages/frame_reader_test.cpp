#include "core/messages/codec.h"
#include "tests/core/messages/sample_messages.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string_view>

namespace finebrush::messages {
namespace {

std::vector<uint8_t> bytesOf(std::string_view text) {
    return {text.begin(), text.end()};
}

/// All samples in one stream.
std::vector<uint8_t> sampleStream() {
    std::vector<uint8_t> stream;
    for (const ToEngine& message : sampleToEngine()) {
        const std::vector<uint8_t> frame = encode(message);
        stream.insert(stream.end(), frame.begin(), frame.end());
    }
    return stream;
}

/// Feeds a stream in parts of the given sizes and decodes what comes out.
std::vector<ToEngine> readInParts(std::span<const uint8_t> stream, const std::function<size_t()>& partSize) {
    FrameReader reader;
    std::vector<ToEngine> messages;
    while (!stream.empty()) {
        const size_t size = std::min(partSize(), stream.size());
        reader.append(stream.first(size));
        stream = stream.subspan(size);
        for (auto body = reader.next(); body && *body; body = reader.next()) {
            const auto message = decodeToEngine(**body);
            EXPECT_TRUE(message) << describe(message.error());
            if (message) messages.push_back(*message);
        }
    }
    return messages;
}

TEST(FrameReader, CutsAStreamHoweverItArrives) {
    const std::vector<uint8_t> stream = sampleStream();
    std::mt19937 random(1);
    EXPECT_EQ(readInParts(stream, [] { return size_t{1}; }), sampleToEngine());
    EXPECT_EQ(readInParts(stream, [&] { return stream.size(); }), sampleToEngine());
    EXPECT_EQ(readInParts(stream, [&] { return size_t{random() % 300}; }), sampleToEngine());
}

TEST(FrameReader, WaitsForTheRestOfAFrame) {
    const std::vector<uint8_t> frame = encode(ToEngine(Stop{}));
    FrameReader reader;
    for (const uint8_t byte : frame) {
        const auto before = reader.next();
        ASSERT_TRUE(before);
        EXPECT_FALSE(before->has_value());
        reader.append(std::span(&byte, 1));
    }
    const auto body = reader.next();
    ASSERT_TRUE(body && *body);
    EXPECT_EQ((*body)->size(), frame.size() - kLengthBytes);
    EXPECT_FALSE(reader.next()->has_value());
}

TEST(FrameReader, RefusesWhatIsNoFrame) {
    for (const std::string_view greeting : {"Welcome to gpu-box\n", "\n\n\n\n\n", "Last login: today",
                                            "\xeb\xb0\x98\xea\xb0\x91\xec\x8a\xb5"}) {
        FrameReader reader;
        reader.append(bytesOf(greeting));
        const auto body = reader.next();
        ASSERT_FALSE(body) << greeting;
        EXPECT_EQ(body.error().code, ErrorCode::ProtocolMalformed);
    }
}

TEST(FrameReader, RefusesALengthThatNoMessageHas) {
    FrameReader reader;
    reader.append(std::vector<uint8_t>{0, 0, 0, 0});
    EXPECT_FALSE(reader.next());
}

TEST(FrameReader, HandsOutWholeFramesBeforeItRefuses) {
    std::vector<uint8_t> stream = encode(ToEngine(Pause{}));
    const std::vector<uint8_t> noise = bytesOf("Killed by signal 15.");
    stream.insert(stream.end(), noise.begin(), noise.end());
    FrameReader reader;
    reader.append(stream);
    const auto body = reader.next();
    ASSERT_TRUE(body && *body);
    EXPECT_EQ(decodeToEngine(**body), ToEngine(Pause{}));
    EXPECT_FALSE(reader.next());
    reader.append(encode(ToEngine(Stop{})));
    EXPECT_FALSE(reader.next()) << "a stream that lost its frames cannot be trusted again";
}

TEST(FrameReader, AClaimOfFourGigabytesOnlyWaits) {
    FrameReader reader;
    reader.append(std::vector<uint8_t>{255, 255, 255, 255, 0xa1, 0x64, 't', 'y', 'p', 'e'});
    const auto body = reader.next();
    ASSERT_TRUE(body);
    EXPECT_FALSE(body->has_value());
}

}  // namespace
}  // namespace finebrush::messages
