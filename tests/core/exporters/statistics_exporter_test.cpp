#include "core/exporters/statistics_exporter.h"

#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace finebrush {
namespace {

constexpr const char* kHeader = "image,slice,class,value,pixels,percent,area,area_unit,volume_mm3\r\n";

ClassTable namedClasses(const std::string& first, const std::string& second) {
    ClassTable classes = testing::twoClasses();
    for (const auto& [place, name] : {std::pair(0, first), std::pair(1, second)}) {
        LabelClass entry = classes.classes()[static_cast<size_t>(place)];
        entry.name = name;
        classes.update(entry);
    }
    return classes;
}

TEST(StatisticsExporter, EveryClassHasARowAlsoWithoutAPixel) {
    LabelStatistics map{.image = "map.tif", .pixels = 40000};
    map.counts.add(5, 10000);
    map.areaOfPixel = 100;
    map.areaUnit = "m2";
    EXPECT_EQ(
        statisticsCsv(std::vector{map}, namedClasses("sky", "cell")),
        std::string(kHeader) + "map.tif,,sky,0,0,0,0,m2,\r\n" + "map.tif,,cell,5,10000,25,1000000,m2,\r\n");
}

TEST(StatisticsExporter, WhatIsNotKnownIsEmpty) {
    LabelStatistics picture{.image = "a.png", .pixels = 8};
    picture.counts.add(0, 1);
    LabelStatistics slices{.image = "a.nii", .slice = "axial:all", .pixels = 8};
    slices.counts.add(0, 3);
    slices.volumeOfPixel = 0.5;
    EXPECT_EQ(statisticsCsv(std::vector{picture, slices}, namedClasses("sky", "cell")),
              std::string(kHeader) + "a.png,,sky,0,1,12.5,,,\r\n" + "a.png,,cell,5,0,0,,,\r\n" +
                  "a.nii,axial:all,sky,0,3,37.5,,,1.5\r\n" + "a.nii,axial:all,cell,5,0,0,,,0\r\n");
}

TEST(StatisticsExporter, PercentagesHaveAtMostSixDigits) {
    LabelStatistics picture{.image = "a.png", .pixels = 3};
    picture.counts.add(0, 1);
    picture.counts.add(5, 2);
    LabelStatistics map{.image = "b.tif", .pixels = 7'000'000'000};
    map.counts.add(0, 1);
    map.counts.add(5, 6'999'999'999);
    EXPECT_EQ(statisticsCsv(std::vector{picture, map}, namedClasses("sky", "cell")),
              std::string(kHeader) + "a.png,,sky,0,1,33.3333,,,\r\n" + "a.png,,cell,5,2,66.6667,,,\r\n" +
                  "b.tif,,sky,0,1,0.0000000142857,,,\r\n" + "b.tif,,cell,5,6999999999,100,,,\r\n");
}

TEST(StatisticsExporter, NamesThatWouldBreakTheTableAreQuoted) {
    const LabelStatistics picture{.image = "a, b.png", .pixels = 8};
    EXPECT_EQ(statisticsCsv(std::vector{picture}, namedClasses("\"roof\"", "two\nlines")),
              std::string(kHeader) + "\"a, b.png\",,\"\"\"roof\"\"\",0,0,0,,,\r\n" +
                  "\"a, b.png\",,\"two\nlines\",5,0,0,,,\r\n");
}

}  // namespace
}  // namespace finebrush
