#include "core/messages/codec.h"

#include "tests/core/messages/sample_messages.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <stdexcept>

namespace finebrush::messages {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::span<const uint8_t> bodyOf(const std::vector<uint8_t>& frame) {
    return std::span<const uint8_t>(frame).subspan(kLengthBytes);
}

/// The body of a message with one thing about it changed.
std::vector<uint8_t> changedBody(const std::vector<uint8_t>& frame,
                                 const std::function<void(json&)>& change) {
    json map = json::from_cbor(bodyOf(frame));
    change(map);
    return json::to_cbor(map);
}

std::vector<uint8_t> changedPrediction(const std::function<void(json&)>& change) {
    return changedBody(encode(FromEngine(Prediction{"image 1", 4, true, sampleMask(), {}})), change);
}

std::vector<uint8_t> changedAdapt(const std::function<void(json&)>& change) {
    return changedBody(encode(sampleToEngine().at(1)), change);
}

/// The reason of a refusal, or "accepted".
std::string refusal(const auto& decoded) {
    if (decoded) return "accepted";
    EXPECT_EQ(decoded.error().code, ErrorCode::ProtocolMalformed);
    return describe(decoded.error());
}

std::string refusalToEngine(const std::vector<uint8_t>& body) {
    return refusal(decodeToEngine(body));
}
std::string refusalFromEngine(const std::vector<uint8_t>& body) {
    return refusal(decodeFromEngine(body));
}

TEST(Codec, EveryMessageToTheEngineComesBack) {
    for (const ToEngine& message : sampleToEngine()) {
        const auto decoded = decodeToEngine(bodyOf(encode(message)));
        ASSERT_TRUE(decoded) << "alternative " << message.index() << ": " << describe(decoded.error());
        EXPECT_EQ(*decoded, message) << "alternative " << message.index();
    }
}

TEST(Codec, EveryMessageFromTheEngineComesBack) {
    for (const FromEngine& message : sampleFromEngine()) {
        const auto decoded = decodeFromEngine(bodyOf(encode(message)));
        ASSERT_TRUE(decoded) << "alternative " << message.index() << ": " << describe(decoded.error());
        EXPECT_EQ(*decoded, message) << "alternative " << message.index();
    }
}

TEST(Codec, TheSamplesHoldEveryAlternative) {
    std::vector<bool> toEngine(std::variant_size_v<ToEngine>), fromEngine(std::variant_size_v<FromEngine>);
    for (const ToEngine& message : sampleToEngine()) toEngine[message.index()] = true;
    for (const FromEngine& message : sampleFromEngine()) fromEngine[message.index()] = true;
    EXPECT_THAT(toEngine, ::testing::Each(true));
    EXPECT_THAT(fromEngine, ::testing::Each(true));
}

TEST(Codec, EveryPixelTypeComesBack) {
    for (const PixelType type :
         {PixelType::UInt8, PixelType::UInt16, PixelType::Int16, PixelType::UInt32, PixelType::Int32,
          PixelType::Float32, PixelType::Float64, PixelType::Int64, PixelType::UInt64}) {
        const ToEngine message = Predict{"i", samplePixels(type)};
        const auto decoded = decodeToEngine(bodyOf(encode(message)));
        ASSERT_TRUE(decoded) << pixelTypeName(type);
        EXPECT_EQ(*decoded, message) << pixelTypeName(type);
    }
}

TEST(Codec, NotANumberStaysNotANumber) {
    Adapted adapted;
    adapted.previewScore = std::numeric_limits<double>::quiet_NaN();
    const auto decoded = decodeFromEngine(bodyOf(encode(FromEngine(adapted))));
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(std::isnan(std::get<Adapted>(*decoded).previewScore));
    EXPECT_EQ(std::get<Adapted>(*decoded).adaptedScore, 0);
}

TEST(Codec, AFrameIsItsLengthAndAMapThatBeginsWithType) {
    const std::vector<uint8_t> frame = encode(ToEngine(Stop{}));
    const std::vector<uint8_t> expected = {11,  0,   0,    0,   0xa1, 0x64, 't', 'y',
                                           'p', 'e', 0x64, 's', 't',  'o',  'p'};
    EXPECT_EQ(frame, expected);
}

TEST(Codec, ArraysAreByteStringsBesideDtypeAndShape) {
    const json map = json::from_cbor(bodyOf(encode(ToEngine(Predict{"i", samplePixels()}))));
    EXPECT_EQ(map.at("pixels").at("dtype"), "uint16");
    EXPECT_EQ(map.at("pixels").at("shape"), json({2, 3, 4}));
    EXPECT_EQ(map.at("pixels").at("data").get_binary().size(), 48u);
    EXPECT_EQ(map.at("pixels").at("nodata"), -9999.5);
}

TEST(Codec, RefusesASpanThatIsNotThreeNumbers) {
    const auto body = changedBody(encode(FromEngine(ProposedMasks{1, 0, {{0, 0.5, {1, 2, 3}}}})),
                                  [](json& map) { map["masks"][0]["spans"].push_back(4); });
    EXPECT_THAT(refusalFromEngine(body), HasSubstr("“masks[0]” has a span that is not three numbers"));
}

TEST(Codec, UnknownFieldsAreLeftAlone) {
    const auto body = changedPrediction([](json& map) { map["mood"] = "sunny"; });
    EXPECT_EQ(refusalFromEngine(body), "accepted");
}

TEST(Codec, MessagesThatProjectsKeptBeforeAFieldCameAreStillRead) {
    const auto body = changedAdapt([](json& map) {
        for (const char* name : {"scales", "balance_weight", "projections", "blocks", "input_size"})
            map["settings"].erase(name);
        map.erase("request_id");
    });
    const auto decoded = decodeToEngine(body);
    ASSERT_TRUE(decoded) << describe(decoded.error());
    const AdaptationSettings& settings = std::get<Adapt>(*decoded).settings;
    EXPECT_EQ(settings.projections, AdaptationSettings().projections);
    EXPECT_EQ(settings.rank, std::get<Adapt>(sampleToEngine().at(1)).settings.rank);
}

TEST(Codec, RefusesWhatIsNoMap) {
    EXPECT_THAT(refusalToEngine({}), HasSubstr("could not be read"));
    EXPECT_THAT(refusalToEngine({0x01}), HasSubstr("no map"));
    EXPECT_THAT(refusalToEngine(json::to_cbor(json::array({1, 2}))), HasSubstr("no map"));
}

TEST(Codec, RefusesUnknownTypesAndThoseOfTheOtherDirection) {
    EXPECT_THAT(refusalToEngine(json::to_cbor({{"type", "frobnicate"}})),
                HasSubstr("“frobnicate” is not known"));
    EXPECT_THAT(refusalToEngine(json::to_cbor({{"type", 3}})), HasSubstr("“type” is no text"));
    EXPECT_THAT(refusalToEngine(json::to_cbor({{"kind", "stop"}})), HasSubstr("“type” is missing"));
    EXPECT_THAT(refusalFromEngine(json::to_cbor({{"type", "stop"}})), HasSubstr("“stop” is not known"));
}

TEST(Codec, RefusesEachMissingField) {
    const json whole =
        json::from_cbor(bodyOf(encode(FromEngine(Prediction{"i", 1, false, sampleMask(), {}}))));
    for (const auto& [name, value] : whole.items()) {
        const auto body = changedPrediction([&](json& map) { map.erase(name); });
        EXPECT_THAT(refusalFromEngine(body), HasSubstr("“" + name + "” is missing"));
    }
}

TEST(Codec, RefusesEachFieldOfAWrongType) {
    const json whole =
        json::from_cbor(bodyOf(encode(FromEngine(Prediction{"i", 1, false, sampleMask(), {}}))));
    for (const auto& [name, value] : whole.items()) {
        const auto body = changedPrediction([&](json& map) { map[name] = json::array({nullptr}); });
        EXPECT_THAT(refusalFromEngine(body), HasSubstr("“" + name + "” is n"));
    }
}

TEST(Codec, RefusesNumbersOutOfRangeAndUnknownNames) {
    EXPECT_THAT(refusalFromEngine(changedPrediction([](json& map) { map["step"] = int64_t{1} << 31; })),
                HasSubstr("“step” is out of range"));
    EXPECT_THAT(refusalFromEngine(changedPrediction([](json& map) { map["step"] = 1.5; })),
                HasSubstr("“step” is no whole number"));
    EXPECT_THAT(refusalToEngine(changedAdapt([](json& map) { map["classes"][1]["value"] = 256; })),
                HasSubstr("“classes[1].value” is out of range"));
    EXPECT_THAT(refusalToEngine(changedAdapt([](json& map) { map["settings"]["seed"] = -1; })),
                HasSubstr("“settings.seed” is out of range"));
    EXPECT_THAT(refusalToEngine(changedAdapt([](json& map) { map["settings"]["gate"] = "garden"; })),
                HasSubstr("“settings.gate” is none of the known names"));
}

TEST(Codec, RefusesSizesThatDisagree) {
    const auto withMaskShape = [](json shape) {
        return refusalFromEngine(changedPrediction([&](json& map) { map["mask"]["shape"] = shape; }));
    };
    EXPECT_THAT(withMaskShape({2, 2}), HasSubstr("“mask” has 6 bytes"));
    EXPECT_THAT(withMaskShape({6}), HasSubstr("“mask.shape” is no list of 2 numbers"));
    EXPECT_THAT(withMaskShape({-2, -3}), HasSubstr("“mask.shape” holds what is no size"));
    EXPECT_THAT(withMaskShape({2.0, 3.0}), HasSubstr("“mask.shape” holds what is no size"));
    EXPECT_THAT(withMaskShape({uint64_t{1} << 32, 6}), HasSubstr("“mask.shape” holds what is no size"));
    EXPECT_EQ(withMaskShape({1, 6}), "accepted");

    const auto confidence = [](json& map) { map["confidence"] = json::binary({1, 2, 3}); };
    EXPECT_THAT(refusalFromEngine(changedPrediction(confidence)),
                HasSubstr("“confidence” is of another size"));
}

TEST(Codec, RefusesAShapeWhoseProductOverflows) {
    const auto body = changedAdapt([](json& map) {
        map["images"][0]["pixels"]["dtype"] = "float64";
        map["images"][0]["pixels"]["shape"] = {1 << 30, 1 << 30, 16};
        map["images"][0]["pixels"]["data"] = json::binary({});
    });
    EXPECT_THAT(refusalToEngine(body), HasSubstr("“images[0].pixels” has 0 bytes"));
}

TEST(Codec, RefusesDtypesThatDoNotFit) {
    EXPECT_THAT(refusalFromEngine(changedPrediction([](json& map) { map["mask"]["dtype"] = "complex64"; })),
                HasSubstr("“mask.dtype” is no known type"));
    const auto twoBytes = [](json& map) {
        map["mask"]["dtype"] = "uint16";
        map["mask"]["shape"] = {1, 3};
    };
    EXPECT_THAT(refusalFromEngine(changedPrediction(twoBytes)), HasSubstr("“mask” is not of dtype uint8"));
}

TEST(Codec, RefusesLabelsOfAnotherSizeThanTheirImage) {
    const auto body = changedAdapt([](json& map) { map["images"][1]["labels"]["shape"] = {3, 2}; });
    EXPECT_THAT(refusalToEngine(body), HasSubstr("“images[1]” has labels of another size"));
}

TEST(Codec, RefusesAdapterFilesOutsideTheirFolder) {
    for (const std::string name : {"../evil", "/etc/passwd", "a\\b", "", "."}) {
        const auto body = changedBody(encode(ToEngine(LoadAdapter{})),
                                      [&](json& map) { map["files"][name] = json::binary({1}); });
        EXPECT_THAT(refusalToEngine(body), HasSubstr("no plain file name")) << name;
    }
}

TEST(Codec, RefusesDeepNestingWithoutUsingTheStack) {
    EXPECT_THAT(refusalToEngine(std::vector<uint8_t>(5'000'000, 0x81)), HasSubstr("nested too deeply"));
}

TEST(Codec, RefusesClaimedLengthsWithoutAllocatingThem) {
    EXPECT_NE(
        refusalToEngine({0xa1, 0x64, 't', 'y', 'p', 'e', 0x7b, 0x7f, 255, 255, 255, 255, 255, 255, 255}),
        "accepted");
    EXPECT_NE(refusalToEngine({0x9b, 0x7f, 255, 255, 255, 255, 255, 255, 255}), "accepted");
    EXPECT_NE(refusalToEngine({0xbb, 255, 255, 255, 255, 255, 255, 255, 255}), "accepted");
}

TEST(Codec, RefusesTrailingBytes) {
    const std::vector<uint8_t> frame = encode(ToEngine(Stop{}));
    std::vector<uint8_t> body(bodyOf(frame).begin(), bodyOf(frame).end());
    body.push_back(0);
    EXPECT_NE(refusalToEngine(body), "accepted");
}

TEST(Codec, EveryTruncationIsRefused) {
    for (const ToEngine& message : sampleToEngine()) {
        const std::vector<uint8_t> frame = encode(message);
        for (size_t length = 0; length < bodyOf(frame).size(); ++length) {
            ASSERT_FALSE(decodeToEngine(bodyOf(frame).first(length)))
                << message.index() << " cut to " << length;
        }
    }
}

TEST(Codec, MutatedBodiesAreDecodedOrRefusedButNeverThrow) {
    std::mt19937 random(3);
    const auto mutate = [&](std::span<const uint8_t> body) {
        std::vector<uint8_t> mutated(body.begin(), body.end());
        for (unsigned change = random() % 4 + 1; change > 0; --change) {
            mutated[random() % mutated.size()] = static_cast<uint8_t>(random());
        }
        return mutated;
    };
    int refused = 0;
    for (int round = 0; round < 500; ++round) {
        for (const ToEngine& message : sampleToEngine()) {
            EXPECT_NO_THROW(refused += !decodeToEngine(mutate(bodyOf(encode(message)))));
        }
        for (const FromEngine& message : sampleFromEngine()) {
            EXPECT_NO_THROW(refused += !decodeFromEngine(mutate(bodyOf(encode(message)))));
        }
    }
    EXPECT_GT(refused, 1000);
}

TEST(Codec, InconsistentValuesAreNotWritten) {
    PixelBuffer pixels = samplePixels();
    pixels.bytes.pop_back();
    EXPECT_THROW(encode(ToEngine(Predict{"i", pixels})), std::invalid_argument);
    const IndexMask mask{{2, 2}, {1, 2, 3}};
    EXPECT_THROW(encode(FromEngine(Prediction{"i", 1, false, mask, {}})), std::invalid_argument);
}

TEST(Codec, ALargeImageIsCopiedOnce) {
    PixelBuffer pixels{.size = {8000, 8000}, .bands = 1, .type = PixelType::UInt8, .bytes = {}, .nodata = {}};
    pixels.bytes.resize(64'000'000, 7);
    const ToEngine message = Predict{"i", std::move(pixels)};
    const std::vector<uint8_t> frame = encode(message);
    EXPECT_LT(frame.capacity(), frame.size() + 100'000) << "the frame grew while it was written";
    const auto decoded = decodeToEngine(bodyOf(frame));
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(*decoded == message);
}

}  // namespace
}  // namespace finebrush::messages
