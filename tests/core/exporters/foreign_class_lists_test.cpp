#include "core/exporters/foreign_class_lists.h"

#include "core/exporters/class_list.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

TEST(ForeignClassLists, ComeBackWithNamesColoursAndValues) {
    ClassTable classes = testing::twoClasses();
    classes.insert(1, {newClassId(), "세포 <a> & 'b'", {255, 254, 253}, 77});
    const std::vector<std::string> texts = {itkSnapLabels(classes), qgisStyle(classes),
                                            cvatLabelMap(classes)};
    for (const std::string& text : texts) {
        const auto read = parseClassList(text, "list");
        ASSERT_TRUE(read.has_value()) << describe(read.error()) << text;
        ASSERT_EQ(read->size(), 3) << text;
        for (const LabelClass& entry : read->classes()) {
            const auto same = [&](const LabelClass& other) { return other.name == entry.name; };
            const auto known = std::ranges::find_if(classes.classes(), same);
            ASSERT_NE(known, classes.classes().end()) << entry.name;
            EXPECT_EQ(known->colour, entry.colour) << text;
            // A label map has no numbers, only places.
            const bool hasNumbers = &text != &texts[2];
            EXPECT_TRUE(!hasNumbers || known->value == entry.value) << text;
        }
    }
}

TEST(ForeignClassLists, ItkSnapsClearLabelIsNoClass) {
    const auto read = parseClassList(
        "# ITK-SnAP Label Description File\n"
        "    0     0    0    0        0  0  0    \"Clear Label\"\n"
        "    1   255    0    0        1  1  1    \"Left lung\"\n"
        "    4     0  151  255        0.5  1  0    \"Label 4\"\n",
        "x.label");
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    ASSERT_EQ(read->size(), 2);
    EXPECT_EQ(read->findValue(4)->colour, (Colour{0, 151, 255}));
    EXPECT_EQ(read->findValue(1)->name, "Left lung");
}

TEST(ForeignClassLists, ALabelMapOfCvatIsRead) {
    const auto read = parseClassList(
        "# label:color_rgb:parts:actions\nbackground:0,0,0::\nroad:128,64,128::\ncar:::\n", "labelmap.txt");
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    ASSERT_EQ(read->size(), 3);
    EXPECT_EQ(read->findValue(1)->name, "road");
    EXPECT_EQ(read->findValue(1)->colour, (Colour{128, 64, 128}));
}

/// A style as QGIS 3 saves one, around how it draws the raster; the order of its attributes changes from one
/// time to the next.
std::string qgisThreeStyle(const std::string& renderer) {
    return R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis minScale="1e+08" maxScale="0" hasScaleBasedVisibilityFlag="0" styleCategories="AllStyleCategories" version="3.28.3-Firenze">
  <flags>
    <Identifiable>1</Identifiable>
    <Removable>1</Removable>
    <Searchable>1</Searchable>
    <Private>0</Private>
  </flags>
  <temporal mode="0" enabled="0" fetchMode="0">
    <fixedRange>
      <start></start>
      <end></end>
    </fixedRange>
  </temporal>
  <customproperties>
    <Option type="Map">
      <Option value="false" type="bool" name="WMSBackgroundLayer"/>
      <Option value="Value" type="QString" name="identify/format"/>
    </Option>
  </customproperties>
  <pipe>
    <provider>
      <resampling maxOversampling="2" enabled="false" zoomedOutResamplingMethod="nearestNeighbour"/>
    </provider>
)" + renderer +
           R"(
    <brightnesscontrast gamma="1" contrast="0" brightness="0"/>
    <huesaturation colorizeOn="0" saturation="0" grayscaleMode="0" invertColors="0" colorizeRed="255"/>
    <rasterresampler maxOversampling="2"/>
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
)";
}

/// One that gives each value a colour of a ramp of the named kind.
std::string pseudocolourStyle(const std::string& kind, const std::string& items) {
    return qgisThreeStyle(
        R"(    <rasterrenderer classificationMax="9" nodataColor="" band="1" opacity="1" alphaBand="-1" classificationMin="1"
                    type="singlebandpseudocolor">
      <rasterTransparency/>
      <minMaxOrigin>
        <limits>MinMax</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
        <cumulativeCutLower>0.02</cumulativeCutLower>
        <cumulativeCutUpper>0.98</cumulativeCutUpper>
        <stdDevFactor>2</stdDevFactor>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader labelPrecision="0" classificationMode="2" clip="0" maximumValue="9" minimumValue="1" colorRampType=")" +
        kind + R"(">
          <colorramp name="[source]" type="gradient">
            <Option type="Map">
              <Option value="215,25,28,255" type="QString" name="color1"/>
              <Option value="43,131,186,255" type="QString" name="color2"/>
              <Option value="0" type="QString" name="discrete"/>
              <Option value="0.5;255,255,191,255" type="QString" name="stops"/>
            </Option>
            <prop v="215,25,28,255" k="color1"/>
            <prop v="43,131,186,255" k="color2"/>
          </colorramp>
)" + items +
        R"(
          <rampLegendSettings useContinuousLegend="1" minimumLabel="" suffix="" orientation="2" maximumLabel="" prefix="" direction="0">
            <numericFormat id="basic">
              <Option type="Map">
                <Option value="6" type="int" name="decimals"/>
              </Option>
            </numericFormat>
          </rampLegendSettings>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>)");
}

constexpr const char* kThreeItems =
    R"(          <item value="1" label="침엽수림" color="#1a9641" alpha="255"/>
          <item color="#ffffc0" alpha="128" value="4" label="Fields &amp; &lt;meadows>"/>
          <item alpha="255" value="253" label="Built up" color="#D7191C"/>)";

TEST(ForeignClassLists, APseudocolourStyleOfQgisGivesItsClasses) {
    for (const char* kind : {"EXACT", "DISCRETE"}) {
        const auto read = parseClassList(pseudocolourStyle(kind, kThreeItems), "landcover.qml");
        ASSERT_TRUE(read.has_value()) << kind << describe(read.error());
        ASSERT_EQ(read->size(), 3) << kind;
        EXPECT_EQ(read->findValue(1)->name, "침엽수림");
        EXPECT_EQ(read->findValue(1)->colour, (Colour{0x1A, 0x96, 0x41}));
        EXPECT_EQ(read->findValue(4)->name, "Fields & <meadows>");
        EXPECT_EQ(read->findValue(4)->colour, (Colour{0xFF, 0xFF, 0xC0}));
        EXPECT_EQ(read->findValue(253)->colour, (Colour{0xD7, 0x19, 0x1C}));
    }
}

TEST(ForeignClassLists, APalettedStyleOfQgisGivesItsClasses) {
    const auto read = parseClassList(
        qgisThreeStyle(
            R"(    <rasterrenderer alphaBand="-1" nodataColor="" type="paletted" band="1" opacity="1">
      <rasterTransparency/>
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
        <cumulativeCutLower>0.02</cumulativeCutLower>
        <cumulativeCutUpper>0.98</cumulativeCutUpper>
        <stdDevFactor>2</stdDevFactor>
      </minMaxOrigin>
      <colorPalette>
        <paletteEntry value="0" label="0" color="#30123b" alpha="0"/>
        <paletteEntry label="Water" color="#28bceb" alpha="255" value="11"/>
      </colorPalette>
      <colorramp name="[source]" type="randomcolors">
        <Option/>
      </colorramp>
    </rasterrenderer>)"),
        "classes.qml");
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    ASSERT_EQ(read->size(), 2);
    EXPECT_EQ(read->findValue(0)->name, "0");
    EXPECT_EQ(read->findValue(11)->name, "Water");
    EXPECT_EQ(read->findValue(11)->colour, (Colour{0x28, 0xBC, 0xEB}));
}

TEST(ForeignClassLists, AStyleOfWhatIsNoClassNumberIsRefused) {
    const auto reason = [](const std::string& kind, const std::string& value,
                           const std::string& colour = "#ffffff") {
        const std::string item =
            R"(<item color=")" + colour + R"(" alpha="255" value=")" + value + R"(" label="a"/>)";
        const auto read = parseClassList(pseudocolourStyle(kind, item), "x.qml");
        return read ? std::string() : describe(read.error());
    };
    EXPECT_EQ(reason("EXACT", "7"), "");
    EXPECT_THAT(reason("EXACT", "0.5"), HasSubstr("“0.5” of its style is not a whole number"));
    EXPECT_THAT(reason("DISCRETE", "inf"), HasSubstr("“inf” of its style is not a whole number"));
    EXPECT_THAT(reason("EXACT", "254"), HasSubstr("not within 0 to 253"));
    EXPECT_THAT(reason("EXACT", "-9999"), HasSubstr("not within 0 to 253"));
    EXPECT_THAT(reason("INTERPOLATED", "7"), HasSubstr("run into one another"));
    EXPECT_THAT(reason("EXACT", "7", "red"), HasSubstr("#rrggbb"));
}

TEST(ForeignClassLists, SayWhyTheyAreRefused) {
    const auto reason = [](const std::string& text) {
        const auto read = parseClassList(text, "x");
        return read ? std::string() : describe(read.error());
    };
    EXPECT_THAT(reason("# label:color_rgb:parts:actions\nroad:1,2::\n"), HasSubstr("line 2"));
    EXPECT_THAT(reason("1 255 0 0 1 1 1 \"a\"\n2 255 0 0 1 1 \"b\"\n"), HasSubstr("line 2"));
    EXPECT_THAT(reason("<qgis><pipe/></qgis>"), HasSubstr("no colours"));
    EXPECT_THAT(reason("<qgis><pipe>"), HasSubstr("XML"));
}

}  // namespace
}  // namespace finebrush
