#include "tests/core/image/image_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/canvas/overlays/scale_bar.h"
#include "ui/main_window/status/elided_label.h"

#include <QImage>
#include <QLabel>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <ogr_spatialref.h>

namespace finebrush {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array<double, 6> kUtm = {500000, 10, 0, 1000, 0, -10};
constexpr int kUtmZone22 = 32622;  ///< by EPSG

/// A grey GeoTIFF of 80 × 60 pixels.
void writeMap(const QString& path, std::array<double, 6> transform, int epsg, int bands = 1) {
    const auto samples = static_cast<size_t>(80 * 60 * bands);
    const PixelBuffer pixels{{80, 60}, bands, PixelType::UInt8, std::vector<uint8_t>(samples, 90), {}};
    testing::writeImage(toPath(path), "GTiff", pixels, {}, [&](GDALDataset& dataset) {
        OGRSpatialReference crs;
        EXPECT_EQ(crs.importFromEPSG(epsg), OGRERR_NONE);
        EXPECT_EQ(dataset.SetSpatialRef(&crs), CE_None);
        EXPECT_EQ(dataset.SetGeoTransform(transform.data()), CE_None);
    });
}

/// A project of two rasters, each on a map of its own.
class MapsOfAProject : public testing::WindowFixture {
  protected:
    static constexpr double kMetresOfUtm = 10 / 0.9996;  ///< of a pixel; the scale on the central meridian
    static constexpr double kMetresOfDegrees = 55.800;   ///< 0.001° at 60° N, by WGS 84

    MapsOfAProject() {
        const QString utm = folder_.filePath(QStringLiteral("utm.tif"));
        const QString degrees = folder_.filePath(QStringLiteral("degrees.tif"));
        writeMap(utm, kUtm, kUtmZone22);
        writeMap(degrees, {10, 0.001, 0, 60, 0, -0.001}, 4326);
        openAndWait({utm, degrees});
        EXPECT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 2; }, kPatience));
        canvas().setScaleBarVisible(true);
    }

    void show(const char* name) {
        for (const ImageEntry& entry : session().images()) {
            if (entry.path.filename() != name) continue;
            const ImageId id = entry.id;  // the list may change meanwhile
            session().showImage(id);
            const auto isShown = [&] {
                const auto shown = session().shownImage();
                return shown && shown->id == id;
            };
            EXPECT_TRUE(QTest::qWaitFor(isShown, kPatience));
            return;
        }
        ADD_FAILURE() << name << " is not in the project";
    }
    /// What the status line says of the pointer; `at` is where that is.
    QString textAt(PointInImage point, PointInImage& at) {
        QTest::mouseMove(&canvas(), viewAt({2, 2}));
        QTest::mouseMove(&canvas(), viewAt(point));
        at = canvas().pointedAt().value_or(PointInImage{-1, -1});
        return child<QLabel>("StatusPointer")->text();
    }
    /// The numbers that a pattern finds in a text.
    std::vector<double> numbersIn(const QString& text, const char* pattern) {
        const QRegularExpressionMatch match = QRegularExpression(QString::fromUtf8(pattern)).match(text);
        EXPECT_TRUE(match.hasMatch()) << text.toStdString();
        std::vector<double> numbers;
        for (int i = 1; i <= match.lastCapturedIndex(); ++i) numbers.push_back(match.captured(i).toDouble());
        numbers.resize(2, std::nan(""));
        return numbers;
    }
    /// The length of the bar in the lower left corner, in px of the view: its longest white line.
    int barLength() {
        canvas().endHover();
        const QImage seen = canvas().grab().toImage();
        int longest = 0;
        for (int y = seen.height() - 80; y < seen.height(); ++y) {
            int length = 0;
            for (int x = 0; x < std::min(seen.width(), 250); ++x) {
                length = seen.pixel(x, y) == qRgb(255, 255, 255) ? length + 1 : 0;
                longest = std::max(longest, length);
            }
        }
        return longest;
    }
    void expectBarOf(double metresPerPixel) {
        constexpr double kMostLength = 130;
        const ScaleBar bar = scaleBarFor(canvas().transform().scale(), metresPerPixel, kMostLength);
        EXPECT_NEAR(barLength() / canvas().devicePixelRatioF(), bar.length, 2) << bar.text.toStdString();
    }
};

TEST_F(MapsOfAProject, EachTellsPlacesInItsOwnSystem) {
    PointInImage at;
    show("utm.tif");
    const QString utm = textAt({40.5, 30.5}, at);
    EXPECT_TRUE(utm.contains(QStringLiteral("WGS 84 / UTM zone 22N"))) << utm.toStdString();
    const std::vector<double> metres = numbersIn(utm, R"((\d+\.\d), (\d+\.\d) m)");
    EXPECT_NEAR(metres[0], 500000 + 10 * at.x, 0.06);
    EXPECT_NEAR(metres[1], 1000 - 10 * at.y, 0.06);
    // The central meridian of zone 22 is 51° W.
    const std::vector<double> west = numbersIn(utm, R"(N (\d+\.\d+)°  W (\d+\.\d+)°)");
    EXPECT_NEAR(west[0], (1000 - 10 * at.y) / 0.9996 / 110574, 2e-5);
    EXPECT_NEAR(west[1], 51 - 10 * at.x / 0.9996 / 111320, 2e-5);

    show("degrees.tif");
    const QString degrees = textAt({40.5, 30.5}, at);
    EXPECT_TRUE(degrees.contains(QStringLiteral("WGS 84"))) << degrees.toStdString();
    EXPECT_FALSE(degrees.contains(QStringLiteral("UTM"))) << degrees.toStdString();
    const std::vector<double> east = numbersIn(degrees, R"(N (\d+\.\d+)°  E (\d+\.\d+)°)");
    EXPECT_NEAR(east[0], 60 - 0.001 * at.y, 1e-5);
    EXPECT_NEAR(east[1], 10 + 0.001 * at.x, 1e-5);
}

TEST_F(MapsOfAProject, EachHasAScaleBarOfItsOwn) {
    for (int round = 0; round < 2; ++round) {
        show("utm.tif");
        expectBarOf(kMetresOfUtm);
        show("degrees.tif");
        expectBarOf(kMetresOfDegrees);
    }
}

class ClassUnderThePointer : public testing::WindowFixture {
  protected:
    ElidedLabel& label() { return *child<ElidedLabel>("StatusPointer"); }
    std::string text() { return label().text().toStdString(); }
    std::string textAt(PointInImage point) {
        QTest::mouseMove(&canvas(), viewAt({2, 2}));
        QTest::mouseMove(&canvas(), viewAt(point));
        return text();
    }
    const std::string& nameOf(size_t place) { return session().classes().classes()[place].name; }
};

TEST_F(ClassUnderThePointer, IsSeenHoweverMuchElseIsSaidOfThePixel) {
    const QString map = folder_.filePath(QStringLiteral("bands.tif"));
    writeMap(map, kUtm, kUtmZone22, 13);
    openAndWait({map});
    QTest::keyClick(&window_, Qt::Key_1);
    drag({20, 20}, {60, 20});
    const std::string text = textAt({40, 20});
    EXPECT_LT(text.find(nameOf(0)), text.find("zone 22N")) << text;
    EXPECT_LT(text.find("zone 22N"), text.find("Value")) << text;
    label().resize(label().fontMetrics().horizontalAdvance(label().text()) / 2, label().height());
    const std::string seen = label().shownText().toStdString();
    EXPECT_THAT(seen, AllOf(HasSubstr(nameOf(0)), HasSubstr("…"), Not(HasSubstr("Value"))));
}

TEST_F(ClassUnderThePointer, IsThePredictedOneWhereNothingIsPainted) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    adaptUntilHeard();
    const std::string predicted = nameOf(1) + " (predicted)";
    EXPECT_THAT(textAt({100, 40}), Not(HasSubstr(nameOf(1))));
    engine_.say(predictionOf(session().classes().classes()[1].value));
    EXPECT_TRUE(QTest::qWaitFor([&] { return text().find(predicted) != std::string::npos; }, kPatience))
        << text() << ": the pointer rests";
    EXPECT_THAT(textAt({40, 20}), AllOf(HasSubstr(nameOf(0)), Not(HasSubstr("predicted"))));
    EXPECT_THAT(textAt({40, 60}), AllOf(HasSubstr(nameOf(1)), Not(HasSubstr("predicted"))));
    EXPECT_THAT(textAt({100, 60}), HasSubstr(predicted));
}

}  // namespace
}  // namespace finebrush
