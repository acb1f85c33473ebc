#include "ui/dialogs/place_entry.h"

#include "core/base/files.h"
#include "tests/support/temporary_folder.h"
#include "tests/ui/support/pictures.h"
#include "ui/bridge/conversions.h"

#include <QImage>
#include <gmock/gmock.h>

#include <utility>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

class PlaceEntryTest : public ::testing::Test {
  protected:
    PlaceEntry read(const char* text) const {
        return placeFromText(QString::fromUtf8(text), *image_, PlaceFrame::Pixels);
    }
    std::shared_ptr<const OpenedImage> image_ = testing::plainPicture({200, 150}, {});
};

TEST_F(PlaceEntryTest, TwoNumbersNameTheMiddleOfAPixel) {
    for (const char* text : {"120 80", " 120  80 ", "120,80", "120, 80", "120; 80", "+120\t80.0",
                             "120,0 80,0", "120,0; 80", "120,0, 80,0", "x 120  y 80", "Y80 X120"}) {
        const PlaceEntry entry = read(text);
        ASSERT_TRUE(entry.point) << text;
        EXPECT_EQ(*entry.point, (PointInImage{120.5, 80.5})) << text;
        EXPECT_TRUE(entry.problem.isEmpty());
    }
}

TEST_F(PlaceEntryTest, WhatIsNoPlaceIsExplained) {
    for (const char* text : {"", "120", "a b", "1 2 3", "1,2,3", "١ ٢", "120 80 m", "nan nan", "0x10 5",
                             "1,2 3,4 5", "1,2,3,4", "x 1 x 2", "N 1 E 2"}) {
        const PlaceEntry entry = read(text);
        EXPECT_FALSE(entry.point) << text;
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("two numbers")) << text;
    }
}

TEST_F(PlaceEntryTest, APlaceOutsideIsToldWithTheLimits) {
    for (const char* text : {"200 10", "10 150", "-1 5", "99999999999999999999999 5"}) {
        const PlaceEntry entry = read(text);
        EXPECT_FALSE(entry.point) << text;
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("(x 0 – 199, y 0 – 149)")) << text;
    }
    EXPECT_TRUE(read("199 149").point);
    EXPECT_TRUE(read("0 0").point);
}

/// A picture of 200 × 150 px of 10 m on the central meridian of UTM zone 32.
class MapEntryTest : public ::testing::Test {
  protected:
    MapEntryTest() {
        const auto write = [this](const char* name, const char* text) {
            EXPECT_TRUE(writeFileAtomically(folder_ / name, std::string_view(text)).has_value());
        };
        QImage picture(200, 150, QImage::Format_Grayscale8);
        picture.fill(7);
        EXPECT_TRUE(picture.save(toQString(folder_ / "map.png")));
        write("map.pgw", "10\n0\n0\n-10\n500005\n5299995\n");
        write("map.prj",
              R"(PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,)"
              R"(298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION[)"
              R"("Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],)"
              R"(PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],)"
              R"(PARAMETER["false_northing",0],UNIT["metre",1]])");
        image_ = *testing::plainPicture({200, 150}, {});
        image_.georeference = Georeference::read(folder_ / "map.png");
    }
    PlaceEntry read(const QString& text, PlaceFrame frame = PlaceFrame::Pixels) const {
        return placeFromText(text, image_, frame);
    }

    testing::TemporaryFolder folder_;
    OpenedImage image_;
};

TEST_F(MapEntryTest, DegreesAreReadAsTheStatusLineShowsThem) {
    ASSERT_TRUE(image_.georeference);
    EXPECT_EQ(placeFramesOf(image_), (std::vector{PlaceFrame::Pixels, PlaceFrame::Map, PlaceFrame::Degrees}));
    const PointInImage point{120.5, 80.5};
    const auto degrees = image_.georeference->placeOf(point).degrees;
    ASSERT_TRUE(degrees);
    const QString longitude = QString::number(degrees->longitude, 'f', 6);
    const QString latitude = QString::number(degrees->latitude, 'f', 6);
    const QString decimalComma = QString(longitude + u' ' + latitude).replace(u'.', u',');
    for (const QString& text : {QStringLiteral("N %2°  E %1°"), QStringLiteral("%2°N, %1°E"),
                                QStringLiteral("e%1 n%2"), QStringLiteral("%1°, %2°")}) {
        const PlaceEntry entry = read(text.arg(longitude, latitude));
        ASSERT_TRUE(entry.point) << text.toStdString();
        EXPECT_NEAR(entry.point->x, point.x, 0.1) << text.toStdString();
        EXPECT_NEAR(entry.point->y, point.y, 0.1) << text.toStdString();
        EXPECT_FALSE(entry.slice);
    }
    for (const QString& text : {longitude + u' ' + latitude, longitude + u',' + latitude, decimalComma}) {
        const PlaceEntry entry = read(text, PlaceFrame::Degrees);
        ASSERT_TRUE(entry.point) << text.toStdString();
        EXPECT_NEAR(entry.point->y, point.y, 0.1) << text.toStdString();
    }
    const PlaceEntry onMap = read(QStringLiteral("501205.0, 5299195.0 m"), PlaceFrame::Map);
    ASSERT_TRUE(onMap.point);
    EXPECT_NEAR(onMap.point->x, point.x, 1e-6);
    EXPECT_NEAR(onMap.point->y, point.y, 1e-6);
}

TEST_F(MapEntryTest, DegreesElsewhereAreToldWithTheLimits) {
    for (const char* text : {"N 10 E 9", "S 47.8 E 9", "N 147 E 9"}) {
        const PlaceEntry entry = read(QString::fromUtf8(text));
        EXPECT_FALSE(entry.point) << text;
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("(longitude 9.00000 – 9.0")) << text;
    }
    for (const char* text : {"N 47.8", "N 47 N 9", "N -47.8 E 9", "47°"}) {
        const PlaceEntry entry = read(QString::fromUtf8(text));
        EXPECT_FALSE(entry.point) << text;
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("longitude and latitude")) << text;
    }
}

TEST(PatientEntry, MillimetresLeadToTheNearestSlice) {
    OpenedImage image = *testing::plainPicture({10, 10}, {});
    image.grid.size = {10, 10, 5};
    image.grid.patientFromVoxel = {{{2, 0, 0, -10}, {0, 2, 0, -3}, {0, 0, 5, -7.5}}};
    image.grid.isPlaced = true;
    image.plane = {SliceView::Stored, 1, 0};
    EXPECT_EQ(placeFramesOf(image), (std::vector{PlaceFrame::Pixels, PlaceFrame::Patient}));
    for (const auto& [text, frame] :
         {std::pair("L 2.0  P 5.0  S 7.5 mm", PlaceFrame::Pixels), std::pair("2 5 7.5", PlaceFrame::Patient),
          std::pair("2,0 5,0 7,5", PlaceFrame::Patient), std::pair("2, 5, 8.4 mm", PlaceFrame::Patient),
          std::pair("S 6 L 2 P 5", PlaceFrame::Patient)}) {
        const PlaceEntry entry = placeFromText(QString::fromUtf8(text), image, frame);
        ASSERT_TRUE(entry.point) << text;
        EXPECT_NEAR(entry.point->x, 6.5, 1e-9) << text;
        EXPECT_NEAR(entry.point->y, 4.5, 1e-9) << text;
        EXPECT_EQ(entry.slice, 3) << text;
    }
    const PlaceEntry outside = placeFromText(QStringLiteral("I 90 L 0 P 0"), image, PlaceFrame::Patient);
    EXPECT_FALSE(outside.point);
    EXPECT_THAT(outside.problem.toStdString(), HasSubstr("outside the volume"));
    EXPECT_THAT(outside.problem.toStdString(), HasSubstr("-7.5 – 12.5"));
    for (const char* text : {"L 1 P 2", "L 1 R 2 P 3", "1 2"}) {
        const PlaceEntry entry = placeFromText(QString::fromUtf8(text), image, PlaceFrame::Patient);
        EXPECT_THAT(entry.problem.toStdString(), HasSubstr("three numbers")) << text;
    }
}

}  // namespace
}  // namespace finebrush
