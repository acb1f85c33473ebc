#include "core/image/georeference.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/raster/raw_samples.h"
#include "tests/core/image/expected_values.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ogr_spatialref.h>

namespace finebrush {
namespace {

// These tests read the rasters that lie beside a developer's checkout; the product ships without them.

class RealRasters : public ::testing::Test {
  protected:
    void SetUp() override {
        if (testing::sharedData().empty())
            GTEST_SKIP() << "NO REAL RASTERS: there is no ../shared/data beside this checkout";
    }

    std::filesystem::path folder_ = testing::sharedData() / "geotiff";
    nlohmann::json expected_ = testing::expectedValues("raster", "expected_rasters.json");
};

/// The least and the largest finite sample of each band.
nlohmann::json rangesOf(const PixelBuffer& pixels) {
    nlohmann::json ranges;
    const auto bands = static_cast<size_t>(pixels.bands);
    withSampleReader(pixels, [&](auto sampleOf) {
        for (size_t band = 0; band < bands; ++band) {
            double least = std::numeric_limits<double>::infinity(), most = -least;
            for (size_t i = band; i < static_cast<size_t>(pixels.size.area()) * bands; i += bands) {
                const double value = sampleOf(pixels, i);
                if (!std::isfinite(value)) continue;
                least = std::min(least, value);
                most = std::max(most, value);
            }
            ranges.push_back({least, most});
        }
    });
    return ranges;
}

nlohmann::json nodataOf(const std::optional<double>& nodata) {
    if (!nodata) return nullptr;
    return std::isnan(*nodata) ? nlohmann::json("nan") : nlohmann::json(*nodata);
}

TEST_F(RealRasters, NoneIsForgotten) {
    size_t rasters = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
        const std::string ending = entry.path().extension();
        if (ending != ".tif" && ending != ".TIF") continue;
        ++rasters;
        EXPECT_TRUE(expected_.contains(entry.path().lexically_relative(folder_).string())) << entry.path();
    }
    EXPECT_EQ(rasters, expected_.size());
    EXPECT_EQ(rasters, 21U);
}

TEST_F(RealRasters, HaveTheLayoutThatAnotherReaderGives) {
    for (const auto& [name, entry] : expected_.items()) {
        SCOPED_TRACE(name);
        const Result<RasterInfo> info = readRasterInfo(folder_ / name);
        ASSERT_TRUE(info) << describe(info.error());
        EXPECT_EQ(nlohmann::json({info->size.width, info->size.height}), entry["size"]);
        EXPECT_EQ(info->bands, entry["bands"]);
        EXPECT_EQ(pixelTypeName(info->type), entry["type"]);
        EXPECT_EQ(nodataOf(info->nodata), entry["nodata"]);
    }
}

TEST_F(RealRasters, HaveThePixelsThatAnotherReaderGives) {
    for (const auto& [name, entry] : expected_.items()) {
        SCOPED_TRACE(name);
        const Result<PixelBuffer> pixels = readRaster(folder_ / name);
        ASSERT_TRUE(pixels) << describe(pixels.error());
        ASSERT_TRUE(pixels->isConsistent());
        EXPECT_EQ(rangesOf(*pixels), entry["ranges"]);
        EXPECT_EQ(sha256(pixels->bytes), entry["values"]);
        EXPECT_EQ(std::ranges::count_if(pixels->hidden, [](uint8_t value) { return value != 0; }),
                  entry["hidden"]);
    }
}

TEST_F(RealRasters, LieWhereAnotherReaderPutsThem) {
    for (const auto& [name, entry] : expected_.items()) {
        SCOPED_TRACE(name);
        const auto reference = Georeference::read(folder_ / name);
        ASSERT_EQ(reference != nullptr, !entry["transform"].is_null());
        if (!reference) continue;
        const auto transform = entry["transform"].get<std::array<double, 6>>();
        const Georeference::Place place = reference->placeOf({100, 10});
        EXPECT_DOUBLE_EQ(place.x, transform[0] + 100 * transform[1] + 10 * transform[2]);
        EXPECT_DOUBLE_EQ(place.y, transform[3] + 100 * transform[4] + 10 * transform[5]);

        constexpr double kAFewMetres = 3e-5;  // degrees, by which releases of PROJ differ
        const auto degrees = reference->placeOf({0, 0}).degrees;
        ASSERT_TRUE(degrees);
        EXPECT_NEAR(degrees->longitude, entry["corner"][0].get<double>(), kAFewMetres);
        EXPECT_NEAR(degrees->latitude, entry["corner"][1].get<double>(), kAFewMetres);
        if (entry["epsg"].is_null()) continue;
        OGRSpatialReference crs;
        ASSERT_EQ(crs.importFromEPSG(entry["epsg"].get<int>()), OGRERR_NONE);
        EXPECT_EQ(reference->crsName(), crs.GetName());
    }
}

}  // namespace
}  // namespace finebrush
