#include "core/base/text.h"
#include "core/exporters/geotiff_exporter.h"
#include "core/image/raster/gdal_environment.h"
#include "tests/core/importers/import_fixtures.h"
#include "tests/support/child_process.h"

#include <gdal_priv.h>

#include <ogrsf_frmts.h>

namespace finebrush {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kSide = 12000;
constexpr int kCell = 5;  // a value of `testing::twoClasses`

/// Labels of an image of which a whole mask would be larger than all that an import may take.
class LargeImport : public testing::ImportTest {
  protected:
    LargeImport() {
        targets = {{folder / "big.tif", {kSide, kSide}}};
        shown = 0;
        for (const RectInImage& rect : rects()) labels.fill(rect, kCell);
    }
    /// Across the borders of strips and tiles, and at the last pixel.
    static std::vector<RectInImage> rects() {
        return {{200, 250, 300, 12}, {6000, 500, 40, 1300}, {kSide - 3, kSide - 2, 3, 2}};
    }
    static std::string cornersOf(const RectInImage& rect) {
        const auto point = [](int x, int y) { return formatted("[%d, %d]", x, y); };
        std::string text = "[";
        text += point(rect.x, rect.y) + ", " + point(rect.right(), rect.y) + ", ";
        text += point(rect.right(), rect.bottom()) + ", " + point(rect.x, rect.bottom()) + ", ";
        return text + point(rect.x, rect.y) + "]";
    }
    /// An image on no map, of which nothing is stored.
    void writeSparseImage() const {
        prepareGdal();
        CPLStringList options;
        options.SetNameValue("SPARSE_OK", "TRUE");
        options.SetNameValue("TILED", "YES");
        const GDALDatasetUniquePtr image(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
            (folder / "big.tif").c_str(), kSide, kSide, 1, GDT_Byte, options.List()));
        ASSERT_TRUE(image);
    }

    /// Imports in a child, which must give the labels and take little.
    void expectBack(const std::filesystem::path& file) {
        EXPECT_EQ(testing::inChild([&] {
                      const long before = testing::peakKibibytes();
                      const LabelImport found = import({file});
                      const long kibibytes = testing::peakKibibytes() - before;
                      check(found);
                      EXPECT_LT(kibibytes, int64_t{kSide} * kSide >> 10);
                      return HasFailure() ? 1 : 0;
                  }),
                  0)
            << file;
    }

    LabelMap labels{{kSide, kSide}};

  private:
    void check(const LabelImport& found) const {
        ASSERT_THAT(found.problems, IsEmpty()) << describe(found.problems[0]);
        ASSERT_THAT(found.images, SizeIs(1));
        const ImportedLabels& image = found.images[0];
        ASSERT_THAT(image.classes, SizeIs(1));
        LabelMap expected({kSide, kSide});
        for (const RectInImage& rect : rects()) expected.fill(rect, image.classes[0].value);
        EXPECT_TRUE(image.labels == expected);
        EXPECT_EQ(image.labels.tileCount(), expected.tileCount());
    }
};

TEST_F(LargeImport, GeoTiff) {
    writeSparseImage();
    ASSERT_TRUE(
        exportGeoTiff(folder / "big_mask.tif", targets[0].address.file, labels, testing::twoClasses(), {}));
    expectBack(folder / "big_mask.tif");
}

TEST_F(LargeImport, GeoJson) {
    std::string text = R"({"type": "FeatureCollection", "features": [)";
    for (const RectInImage& rect : rects()) {
        if (text.back() == '}') text += ", ";
        text += R"({"type": "Feature", "properties": {"class": "cell"}, "geometry": {"type": "Polygon", )";
        text += R"("coordinates": [)" + cornersOf(rect) + "]}}";
    }
    ASSERT_TRUE(writeFileAtomically(folder / "big.geojson", text + "]}").has_value());
    expectBack(folder / "big.geojson");
}

TEST_F(LargeImport, GeoPackage) {
    prepareVectorDrivers();
    {
        const GDALDatasetUniquePtr written(GetGDALDriverManager()->GetDriverByName("GPKG")->Create(
            (folder / "big.gpkg").c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        ASSERT_TRUE(written);
        OGRLayer* layer = written->CreateLayer("cell", nullptr, wkbPolygon, nullptr);
        ASSERT_TRUE(layer);
        for (const RectInImage& rect : rects()) {
            OGRLinearRing ring;
            const std::pair<int, int> corners[] = {{rect.x, rect.y},
                                                   {rect.right(), rect.y},
                                                   {rect.right(), rect.bottom()},
                                                   {rect.x, rect.bottom()},
                                                   {rect.x, rect.y}};
            for (const auto& [x, y] : corners) ring.addPoint(x, y);
            OGRPolygon polygon;
            polygon.addRing(&ring);
            const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
            feature->SetGeometry(&polygon);
            ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
        }
    }
    expectBack(folder / "big.gpkg");
}

TEST_F(LargeImport, CocoRuns) {
    const std::string side = std::to_string(kSide);
    std::string text = R"({"images": [{"id": 1, "file_name": "big.tif", "width": )" + side;
    text += R"(, "height": )" + side + R"(}], "categories": [{"id": 1, "name": "cell"}], "annotations": [)";
    for (const RectInImage& rect : rects()) {
        if (text.back() == '}') text += ", ";
        std::string runs;
        int64_t position = 0;
        for (int x = rect.x; x < rect.right(); ++x) {
            const int64_t first = int64_t{x} * kSide + rect.y;
            runs += std::to_string(first - position) + ", " + std::to_string(rect.height) + ", ";
            position = first + rect.height;
        }
        runs += std::to_string(int64_t{kSide} * kSide - position);
        text += R"({"id": 1, "image_id": 1, "category_id": 1, "segmentation": {"size": [)";
        text += side + ", " + side + R"(], "counts": [)" + runs + "]}}";
    }
    ASSERT_TRUE(writeFileAtomically(folder / "big.json", text + "]}").has_value());
    expectBack(folder / "big.json");
}

}  // namespace
}  // namespace finebrush
