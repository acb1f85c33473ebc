#include "core/project/taught_display.h"

#include <gmock/gmock.h>

#include <string>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using Kind = TaughtDisplay::Kind;

constexpr char kConfig[] =
    R"({"r": 4, "finebrush": {"format": 1, "extras": {"view_plan": {"input_range": "displayed"}}}})";

messages::AdapterFiles adapterWith(const std::string& config) {
    return {{"adapter_config.json", {config.begin(), config.end()}}};
}

DisplayMapping window(double low, double high) {
    return {low, high, 1.5, true, std::array{2, 1, 0}, false};
}

ShownImage chosen(const DisplayMapping& display, PixelType type = PixelType::Int16) {
    return {display, true, type, 3};
}

TEST(TaughtDisplay, AnAdapterKeepsIt) {
    const DisplayMapping ofEach = withOwnLimits(window(-160, 240), {{{-7, 0.1}, {0, 65535}, {2, 3}}});
    for (const TaughtDisplay& taught :
         {TaughtDisplay{Kind::Usual}, TaughtDisplay{Kind::Different}, TaughtDisplay{Kind::Alike, {}, true},
          TaughtDisplay{Kind::Alike, window(-160, 240.25), false},
          TaughtDisplay{Kind::Alike, ofEach, false}}) {
        messages::AdapterFiles adapter = adapterWith(kConfig);
        noteTaughtDisplay(adapter, taught);
        EXPECT_EQ(taughtDisplayOf(adapter), taught);
        const std::vector<uint8_t>& bytes = adapter["adapter_config.json"];
        EXPECT_THAT(std::string(bytes.begin(), bytes.end()), HasSubstr("view_plan"));
    }
}

TEST(TaughtDisplay, AdaptersThatTellNothingOfItStayAsTheyAre) {
    for (const char* config : {kConfig, "no json", "[]", R"({"peft_type": "LORA"})"})
        EXPECT_EQ(taughtDisplayOf(adapterWith(config)), TaughtDisplay()) << config;
    EXPECT_EQ(taughtDisplayOf({}), TaughtDisplay());

    messages::AdapterFiles foreign = adapterWith(R"({"peft_type": "LORA"})");
    const messages::AdapterFiles before = foreign;
    noteTaughtDisplay(foreign, {Kind::Usual});
    EXPECT_EQ(foreign, before);
    messages::AdapterFiles ours = adapterWith(kConfig);
    noteTaughtDisplay(ours, {});
    EXPECT_EQ(ours, adapterWith(kConfig));
}

TEST(TaughtDisplay, WhatIsNotSoundCountsAsNotTold) {
    for (const char* display :
         {"7", R"({"shown": 7})", R"({"shown": "alike"})", R"({"shown": "alike", "bytes": true})",
          R"({"shown": "alike", "bytes": true, "mapping": {"low": 3, "high": 3, "gamma": 1,)"
          R"( "inverted": false, "smooth": false}})"}) {
        const std::string config = std::string(R"({"finebrush": {"extras": {"display": )") + display + "}}}";
        EXPECT_EQ(taughtDisplayOf(adapterWith(config)), TaughtDisplay()) << display;
    }
}

TEST(TaughtDisplay, WhatIsNestedTooDeeplyIsNotRead) {
    constexpr size_t kDepth = 200000;
    const std::string config =
        R"({"finebrush": {"extras": {"display": {"shown": "alike", "bytes": true, "mapping": )" +
        std::string(kDepth, '[') + std::string(kDepth, ']') + "}}}}";
    EXPECT_EQ(taughtDisplayOf(adapterWith(config)), TaughtDisplay());
}

TEST(TaughtDisplay, TellsOneMappingFromSeveral) {
    DisplayMapping smooth = window(0, 400);
    smooth.smooth = true;
    const TaughtDisplay alike = commonDisplay({chosen(window(0, 400)), chosen(smooth)});
    EXPECT_EQ(alike, (TaughtDisplay{Kind::Alike, window(0, 400), false}));
    EXPECT_EQ(commonDisplay({chosen(window(0, 400)), chosen(window(0, 401))}).kind, Kind::Different);
    EXPECT_EQ(commonDisplay({chosen(window(0, 255)), chosen(window(0, 255), PixelType::UInt8)}).kind,
              Kind::Different)
        << "of other values";
    const ShownImage usual{window(0, 7), false, PixelType::Int16, 3};
    EXPECT_EQ(commonDisplay({usual, {window(0, 9), false, PixelType::Int16, 3}}).kind, Kind::Usual);
    EXPECT_EQ(commonDisplay({usual, chosen(window(0, 9))}).kind, Kind::Different);
    EXPECT_EQ(commonDisplay({usual, chosen(window(0, 7))}).kind, Kind::Alike);
    EXPECT_EQ(commonDisplay({}), TaughtDisplay());
}

TEST(TaughtDisplay, SuitsImagesOfTheSameKindOfValuesThatHaveItsBands) {
    const TaughtDisplay alike{Kind::Alike, window(0, 400), false};
    EXPECT_EQ(alike.mappingFor(PixelType::Int16, 3), window(0, 400));
    EXPECT_EQ(alike.mappingFor(PixelType::Float32, 4), window(0, 400));
    EXPECT_FALSE(alike.mappingFor(PixelType::Int16, 2));
    EXPECT_FALSE(alike.mappingFor(PixelType::UInt8, 3));
    EXPECT_FALSE(TaughtDisplay{Kind::Usual}.mappingFor(PixelType::Int16, 3));
}

}  // namespace
}  // namespace finebrush
