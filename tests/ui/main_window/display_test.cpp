#include "core/base/text.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/charts/histogram_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace finebrush {
namespace {

/// A window whose display dock is seen.
class DisplayDockTest : public testing::WindowFixture {
  protected:
    void openWithDock(const QString& path) {
        openAndWait({path});
        child<QDockWidget>("DisplayDock")->raise();
        EXPECT_TRUE(waitFor([this] { return child<HistogramView>("Histogram")->isVisible(); }));
    }

    const DisplayMapping& display() { return session().shownImage()->display; }
    /// Opens a picture whose bands lie far apart: red in 0..25, green in 100..150, blue in 150..250.
    void openColours() {
        QImage image(26, 10, QImage::Format_RGB888);
        for (int x = 0; x < 26; ++x) {
            for (int y = 0; y < 10; ++y) image.setPixelColor(x, y, QColor(x, 100 + 2 * x, 150 + 4 * x));
        }
        const QString path = folder_.filePath(QStringLiteral("colours.png"));
        ASSERT_TRUE(image.save(path));
        openAndWait({path});
        ASSERT_TRUE(waitFor([&] { return session().shownImage()->pixels.size.width == 26; }));
    }
    QAction* preset(const char* text) {
        emit child<QMenu>("DisplayPresetMenu")->aboutToShow();
        for (QAction* action : child<QMenu>("DisplayPresetMenu")->actions()) {
            if (action->text().startsWith(QString::fromUtf8(text))) return action;
        }
        return nullptr;
    }
    void pickBand(const char* box, int band) {
        child<QComboBox>(box)->setCurrentIndex(band);
        emit child<QComboBox>(box)->activated(band);
    }
    bool waitForLimits(const std::array<ValueRange, 3>& limits) {
        return waitFor([&] { return display().ownLimits == limits; });
    }

    bool waitFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
    int greyAt(PointInImage point) {
        return qRed(canvas().grab().toImage().pixel(viewAt(point) * canvas().devicePixelRatio()));
    }
};

/// One with a picture whose upper half is 60 and whose lower half is 180.
class DisplayTest : public DisplayDockTest {
  protected:
    DisplayTest() {
        QImage image(80, 60, QImage::Format_RGB888);
        image.fill(QColor(60, 60, 60));
        for (int y = 30; y < 60; ++y) {
            for (int x = 0; x < 80; ++x) image.setPixelColor(x, y, QColor(180, 180, 180));
        }
        const QString path = folder_.filePath(QStringLiteral("halves.png"));
        EXPECT_TRUE(image.save(path));
        openWithDock(path);
    }

    void windowDrag(QPoint way) {
        const QPoint from = viewAt({40, 30});
        QTest::mousePress(&canvas(), Qt::RightButton, Qt::ShiftModifier, from);
        QTest::mouseMove(&canvas(), from + way);
        QTest::mouseRelease(&canvas(), Qt::RightButton, Qt::ShiftModifier, from + way);
    }
};

TEST_F(DisplayTest, TheFieldsChangeWhatIsDrawn) {
    EXPECT_EQ(greyAt({40, 10}), 60);
    child<QDoubleSpinBox>("WindowWidth")->setValue(120);
    child<QDoubleSpinBox>("Level")->setValue(120);
    ASSERT_TRUE(waitFor([&] { return display().low == 60 && display().high == 180; }));
    EXPECT_EQ(greyAt({40, 10}), 0);
    EXPECT_EQ(greyAt({40, 50}), 255);
    child<QPushButton>("ResetDisplay")->click();
    ASSERT_TRUE(waitFor([&] { return display() == DisplayMapping(); }));
    EXPECT_EQ(greyAt({40, 10}), 60);
    EXPECT_EQ(child<QDoubleSpinBox>("WindowWidth")->value(), 255);
}

TEST_F(DisplayTest, GammaBrightensWhatLiesBetweenBlackAndWhite) {
    child<QDoubleSpinBox>("Gamma")->setValue(2);
    ASSERT_TRUE(waitFor([&] { return display().gamma == 2; }));
    EXPECT_NEAR(greyAt({40, 10}), 124, 1) << "255 · √(60 / 255)";
    EXPECT_NEAR(greyAt({40, 50}), 214, 1);
    EXPECT_EQ(display().low, 0);
    EXPECT_EQ(display().high, 255);
    child<QDoubleSpinBox>("Gamma")->setValue(0.5);
    ASSERT_TRUE(waitFor([&] { return display().gamma == 0.5; }));
    EXPECT_NEAR(greyAt({40, 10}), 14, 1);
}

TEST_F(DisplayTest, BlackAndWhiteAreSwapped) {
    child<QCheckBox>("Inverted")->setChecked(true);
    ASSERT_TRUE(waitFor([&] { return display().inverted; }));
    EXPECT_NEAR(greyAt({40, 10}), 195, 1);
    EXPECT_NEAR(greyAt({40, 50}), 75, 1);
    child<QCheckBox>("Inverted")->setChecked(false);
    ASSERT_TRUE(waitFor([&] { return !display().inverted; }));
    EXPECT_NEAR(greyAt({40, 10}), 60, 1);
}

TEST_F(DisplayTest, EnlargedPixelsBlendOnlyWhereThatIsWanted) {
    canvas().zoomTo(16);
    canvas().centreOn({40, 30});
    const PointInImage nearBorder{40.5, 29.75};
    EXPECT_NEAR(greyAt(nearBorder), 60, 1);
    child<QCheckBox>("Smooth")->setChecked(true);
    ASSERT_TRUE(waitFor([&] { return display().smooth; }));
    EXPECT_GT(greyAt(nearBorder), 70);
    EXPECT_LT(greyAt(nearBorder), 170);
    EXPECT_NEAR(greyAt({40.5, 28.5}), 60, 1);
    child<QCheckBox>("Smooth")->setChecked(false);
    ASSERT_TRUE(waitFor([&] { return !display().smooth; }));
    EXPECT_NEAR(greyAt(nearBorder), 60, 1);
}

/// A window with a CT of -1024 to 1375 HU, 1 HU more a pixel, whose file proposes two windows.
class WindowsOfAFile : public DisplayDockTest {
  protected:
    static constexpr int kColumns = 60, kRows = 40;

    WindowsOfAFile() {
        testing::DicomSample sample;
        sample.put(DCM_Columns, kColumns);
        sample.put(DCM_Rows, kRows);
        sample.put(DCM_Modality, "CT");
        sample.put(DCM_RescaleSlope, "1");
        sample.put(DCM_RescaleIntercept, "-1024");
        sample.put(DCM_WindowCenter, "40\\-600");
        sample.put(DCM_WindowWidth, "400\\1500");
        sample.put(DCM_WindowCenterWidthExplanation, "SOFT TISSUE\\LUNG");
        std::vector<uint16_t> values(size_t{kColumns} * kRows);
        std::iota(values.begin(), values.end(), uint16_t{0});
        sample.putPixels(values);
        const QString path = folder_.filePath(QStringLiteral("ct.dcm"));
        sample.write(toPath(path));
        openWithDock(path);
    }

    /// Whether the screen shows 255 levels from one number of HU to another.
    void expectWindow(double low, double high) {
        EXPECT_EQ(display().low, low);
        EXPECT_EQ(display().high, high);
        EXPECT_EQ(child<QDoubleSpinBox>("Level")->value(), (low + high) / 2);
        EXPECT_EQ(child<QDoubleSpinBox>("WindowWidth")->value(), high - low);
        for (const int row : {3, 10, 17, 20, 33}) {
            const double share = (row * kColumns + 30 - 1024 - low) / (high - low);
            EXPECT_NEAR(greyAt({30.5, row + 0.5}), 255 * std::clamp(share, 0.0, 1.0), 2) << row;
        }
    }
};

TEST_F(WindowsOfAFile, AreItsPresets) {
    expectWindow(-160, 240);
    emit child<QMenu>("DisplayPresetMenu")->aboutToShow();
    const QList<QAction*> presets = child<QMenu>("DisplayPresetMenu")->actions();
    ASSERT_GE(presets.size(), 3);
    EXPECT_TRUE(presets[0]->text().startsWith(QStringLiteral("SOFT TISSUE")));
    EXPECT_TRUE(presets[1]->text().startsWith(QStringLiteral("LUNG")));
    presets[1]->trigger();
    ASSERT_TRUE(waitFor([&] { return display().low == -1350; }));
    expectWindow(-1350, 150);
    child<QPushButton>("ResetDisplay")->click();
    ASSERT_TRUE(waitFor([&] { return display().low == -160; }));
    expectWindow(-160, 240);
}

TEST_F(WindowsOfAFile, AreJoinedByThoseOfACt) {
    EXPECT_EQ(preset("Soft tissue"), nullptr) << "the file names it";
    EXPECT_EQ(preset("Lung"), nullptr);
    ASSERT_NE(preset("Bone"), nullptr);
    EXPECT_EQ(preset("Bone")->text(), QStringLiteral("Bone   (-500 … 1300)"));
    EXPECT_TRUE(preset("SOFT TISSUE")->isChecked());
    EXPECT_FALSE(preset("Bone")->isChecked());
    preset("Bone")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().low == -500; }));
    expectWindow(-500, 1300);
    EXPECT_EQ(child<QLabel>("DisplayLimits")->text(), QStringLiteral("Black -500 – white 1300"));
    EXPECT_FALSE(preset("SOFT TISSUE")->isChecked());
    EXPECT_TRUE(preset("Bone")->isChecked());
    preset("Liver")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().low == -20 && display().high == 140; }));
    preset("Brain")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().low == 0 && display().high == 80; }));
}

TEST_F(WindowsOfAFile, ValuesUnderThePointerHaveTheUnit) {
    QTest::mouseMove(&canvas(), viewAt({5.5, 5.5}));
    QTest::mouseMove(&canvas(), viewAt({30.5, 20.5}));
    const PointInImage at = canvas().pointedAt().value_or(PointInImage{});
    const int value = static_cast<int>(at.y) * kColumns + static_cast<int>(at.x) - 1024;
    const QString expected = QStringLiteral("Value %1 HU").arg(value);
    EXPECT_TRUE(child<QLabel>("StatusPointer")->text().contains(expected))
        << child<QLabel>("StatusPointer")->text().toStdString();
}

TEST_F(DisplayTest, NumbersAreAsExactAsTheFields) {
    PixelBuffer pixels{{40, 30}, 1, PixelType::Float32, {}, {}};
    std::vector<float> values(40 * 30);
    for (size_t i = 0; i < values.size(); ++i) values[i] = -746.633F + 0.551F * static_cast<float>(i);
    pixels.bytes.resize(values.size() * sizeof(float));
    std::memcpy(pixels.bytes.data(), values.data(), pixels.bytes.size());
    const QString path = folder_.filePath(QStringLiteral("floats.tif"));
    testing::writeImage(toPath(path), "GTiff", pixels);
    openAndWait({path});
    ASSERT_TRUE(waitFor([&] { return preset("All values   (-746.6 … -86)") != nullptr; }));
    EXPECT_EQ(child<QDoubleSpinBox>("Level")->decimals(), 1);
    preset("All values")->trigger();
    EXPECT_TRUE(waitFor([&] {
        return child<QLabel>("DisplayLimits")->text() == QStringLiteral("Black -746.6 – white -86");
    }));
}

TEST_F(DisplayTest, BandsThatTheFileNamesAreShownAndOfferedByName) {
    const QString path = folder_.filePath(QStringLiteral("sentinel.tif"));
    testing::writeImage(toPath(path), "GTiff", testing::randomPixels({20, 10}, 9, PixelType::UInt16), {},
                        [](GDALDataset& dataset) {
                            for (int band = 1; band <= 9; ++band) {
                                const std::string name = formatted("B%d", band);
                                dataset.GetRasterBand(band)->SetDescription(name.c_str());
                            }
                        });
    openAndWait({path});
    ASSERT_TRUE(waitFor([&] { return session().shownImage()->pixels.bands == 9; }));
    EXPECT_EQ(display().bands, (std::array{3, 2, 1}));
    const auto* red = child<QComboBox>("BandR");
    EXPECT_EQ(red->currentText(), QStringLiteral("B4"));
    EXPECT_EQ(child<QLabel>("BandHeadingR")->text(), QStringLiteral("Red"));
    ASSERT_NE(preset("Bands B4 – B3 – B2"), nullptr);
    EXPECT_TRUE(preset("Bands B4 – B3 – B2")->isChecked());
    preset("Bands B8 – B4 – B3")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{7, 3, 2}; }));
    EXPECT_EQ(red->currentText(), QStringLiteral("B8"));
    child<QPushButton>("ResetDisplay")->click();
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{3, 2, 1}; }));
}

TEST_F(DisplayTest, APresetOfAllValuesSpansThem) {
    ASSERT_NE(preset("All values"), nullptr);
    preset("All values")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().low == 60 && display().high == 180; }));
    EXPECT_EQ(child<QDoubleSpinBox>("Level")->value(), 120);
}

TEST_F(DisplayTest, ShiftAndTheRightButtonDragTheWindowAndErasesNothing) {
    drag({10, 10}, {70, 10});
    const int64_t painted = session().images().front().labelledPixels;
    ASSERT_GT(painted, 0);
    windowDrag({0, -40});
    ASSERT_TRUE(waitFor([&] { return display() != DisplayMapping(); }));
    EXPECT_LT(display().low, 0) << "upwards is brighter";
    EXPECT_NEAR(display().high - display().low, 255, 1e-9);
    EXPECT_EQ(session().images().front().labelledPixels, painted);
    windowDrag({60, 0});
    ASSERT_TRUE(waitFor([&] { return display().high - display().low > 256; }));
    EXPECT_TRUE(waitFor([&] { return child<QDoubleSpinBox>("WindowWidth")->value() > 256; }));
}

TEST_F(DisplayTest, TheTrianglesOfTheHistogramAreDragged) {
    auto* histogram = child<HistogramView>("Histogram");
    const QPoint right(histogram->width() - 10, 50), half(histogram->width() / 2, 50);
    QTest::mousePress(histogram, Qt::LeftButton, {}, right);
    QTest::mouseMove(histogram, half);
    QTest::mouseRelease(histogram, Qt::LeftButton, {}, half);
    ASSERT_TRUE(waitFor([&] { return display().high < 130; }));
    EXPECT_NEAR(display().high, 120, 3) << "half way between 60 and 180";
}

TEST_F(DisplayTest, ABandIsChosenForEachColour) {
    auto* red = child<QComboBox>("BandR");
    ASSERT_EQ(red->count(), 3);
    red->setCurrentIndex(2);
    emit red->activated(2);
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{2, 1, 2}; }));
}

TEST_F(DisplayTest, BandsForTheColoursAreOfferedWhereThereAreMore) {
    EXPECT_EQ(preset("Bands 3 – 2 – 1"), nullptr) << "of a picture";
    const QString path = folder_.filePath(QStringLiteral("bands.tif"));
    testing::writeImage(toPath(path), "GTiff", testing::randomPixels({20, 10}, 5, PixelType::UInt16));
    openAndWait({path});
    EXPECT_EQ(preset("Bands 8 – 4 – 3"), nullptr);
    ASSERT_NE(preset("Bands 4 – 3 – 2"), nullptr);
    preset("Bands 4 – 3 – 2")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{3, 2, 1}; }));
    EXPECT_EQ(child<QComboBox>("BandR")->currentIndex(), 3);
    preset("Bands 1 – 2 – 3")->trigger();
    ASSERT_TRUE(waitFor([&] { return !display().bands; }));
    ASSERT_TRUE(waitFor([&] { return child<QSlider>("BandSliderB")->value() == 2; }));
    EXPECT_FALSE(child<QSlider>("BandSliderB")->isHidden());
    child<QSlider>("BandSliderB")->setValue(4);
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{0, 1, 4}; }));
    EXPECT_EQ(child<QComboBox>("BandB")->currentIndex(), 4);
    openAndWait({makeImage(QStringLiteral("cells.png"), {40, 30})});
    EXPECT_TRUE(child<QSlider>("BandSliderB")->isHidden());
}

TEST_F(DisplayTest, EachBandIsStretchedByItself) {
    openColours();
    ASSERT_NE(preset("Each band: 5 – 95 %"), nullptr);
    preset("Each band: 5 – 95 %")->trigger();
    // Ranks round(0.05 · 259) = 13 and round(0.95 · 259) = 246 of ten pixels a value.
    ASSERT_TRUE(waitForLimits({{{1, 24}, {102, 148}, {154, 246}}}));
    EXPECT_EQ(
        child<QLabel>("DisplayLimits")->text(),
        QStringLiteral("Red: Black 1 – white 24\nGreen: Black 102 – white 148\nBlue: Black 154 – white 246"));
    const QColor middle(session().shownImage()->displayed->bytes[12 * 3 + 0],
                        session().shownImage()->displayed->bytes[12 * 3 + 1],
                        session().shownImage()->displayed->bytes[12 * 3 + 2]);
    EXPECT_EQ(middle, QColor(122, 122, 122)) << "11 of 23 in every band";

    ASSERT_TRUE(waitFor([&] { return child<QDoubleSpinBox>("WindowWidth")->value() == 245; }));
    child<QDoubleSpinBox>("WindowWidth")->setValue(490);
    ASSERT_TRUE(waitForLimits({{{-121.5, -75.5}, {80.5, 172.5}, {184.5, 368.5}}}))
        << "all become twice as wide";
    preset("5 – 95 %")->trigger();
    ASSERT_TRUE(waitFor([&] { return !display().ownLimits; }));
    preset("Each band: 0.5 – 99.5 %")->trigger();
    ASSERT_TRUE(waitFor([&] { return display().ownLimits.has_value(); }));
    child<QPushButton>("ResetDisplay")->click();
    ASSERT_TRUE(waitFor([&] { return display() == DisplayMapping(); }));
}

TEST_F(DisplayTest, AStretchOfEachBandFollowsTheBands) {
    openColours();
    preset("Each band: 5 – 95 %")->trigger();
    ASSERT_TRUE(waitForLimits({{{1, 24}, {102, 148}, {154, 246}}}));
    pickBand("BandR", 2);
    pickBand("BandB", 0);
    ASSERT_TRUE(waitForLimits({{{154, 246}, {102, 148}, {1, 24}}}));
    EXPECT_EQ(display().bands, (std::array{2, 1, 0}));
    pickBand("BandG", 2);
    pickBand("BandB", 2);
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{2, 2, 2}; }));
    EXPECT_FALSE(display().ownLimits);
    EXPECT_EQ(preset("Each band: 5 – 95 %"), nullptr) << "one band is shown";
}

TEST_F(DisplayTest, ChangedLimitsOfEachBandDoNotGoToOtherBands) {
    openColours();
    preset("Each band: 5 – 95 %")->trigger();
    ASSERT_TRUE(waitForLimits({{{1, 24}, {102, 148}, {154, 246}}}));
    ASSERT_TRUE(waitFor([&] { return child<QDoubleSpinBox>("WindowWidth")->value() == 245; }));
    child<QDoubleSpinBox>("WindowWidth")->setValue(490);
    ASSERT_TRUE(waitFor([&] { return display().high - display().low == 490; }));
    pickBand("BandR", 2);
    ASSERT_TRUE(waitFor([&] { return display().bands == std::array{2, 1, 2}; }));
    EXPECT_FALSE(display().ownLimits);
    EXPECT_EQ(display().high - display().low, 490) << "one black and white for all, as wide as before";
}

}  // namespace
}  // namespace finebrush
