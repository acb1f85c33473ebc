#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"

#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

class SliceCommandsTest : public WindowFixture {
  protected:
    /// A volume of 60 × 50 × 7 voxels.
    void openVolume() {
        const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
        testing::writeNifti(toPath(path), {60, 50, 7});
        openAndWait({path});
    }
    bool isEnabled(const char* action) const { return child<QAction>(action)->isEnabled(); }
};

TEST_F(SliceCommandsTest, RestWhereNoVolumeIsShown) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    for (const char* action : {"PreviousSlice", "NextSlice", "PreviousFrame", "NextFrame", "AxialView",
                               "CoronalView", "SagittalView"}) {
        EXPECT_FALSE(isEnabled(action)) << action;
    }
    EXPECT_FALSE(child<QWidget>("SliceBar")->isVisible());
}

TEST_F(SliceCommandsTest, KeysLeadToTheNeighbouringSlices) {
    openVolume();
    EXPECT_THAT(child<QLabel>("StatusImage")->text().toStdString(), HasSubstr("brain.nii.gz · axial 4"));
    drag({10, 10}, {40, 10});
    QTest::keyClick(&window_, Qt::Key_PageDown);
    waitForSlice("axial:4");
    EXPECT_TRUE(session().labels().isEmpty());
    QTest::keyClick(&window_, Qt::Key_PageUp);
    waitForSlice("axial:3");
    EXPECT_FALSE(session().labels().isEmpty());
}

TEST_F(SliceCommandsTest, EndAtTheLastSlice) {
    openVolume();
    for (const char* slice : {"axial:4", "axial:5", "axial:6"}) {
        EXPECT_TRUE(isEnabled("NextSlice"));
        child<QAction>("NextSlice")->trigger();
        waitForSlice(slice);
    }
    EXPECT_FALSE(isEnabled("NextSlice"));
    EXPECT_TRUE(isEnabled("PreviousSlice"));
}

TEST_F(SliceCommandsTest, TheMenuTurnsTheVolume) {
    openVolume();
    EXPECT_TRUE(child<QAction>("AxialView")->isChecked());
    child<QAction>("CoronalView")->trigger();
    waitForSlice("coronal:25");
    EXPECT_TRUE(child<QAction>("CoronalView")->isChecked());
    EXPECT_FALSE(child<QAction>("AxialView")->isChecked());
    EXPECT_EQ(session().labels().size(), (PixelSize{60, 7}));
    child<QAction>("CoronalView")->trigger();
    EXPECT_TRUE(child<QAction>("CoronalView")->isChecked()) << "it is the one that is shown";
}

TEST_F(SliceCommandsTest, TheSliderLeadsToAnySlice) {
    openVolume();
    auto* slider = child<QSlider>("SliceSlider");
    EXPECT_TRUE(slider->isVisible());
    EXPECT_FALSE(child<QSpinBox>("Frame")->isVisible());
    EXPECT_EQ(slider->maximum(), 6);
    EXPECT_EQ(slider->value(), 3);
    EXPECT_THAT(child<QLabel>("SliceNumber")->text().toStdString(), HasSubstr("4 / 7"));
    slider->setValue(5);
    waitForSlice("axial:5");
    EXPECT_THAT(child<QLabel>("SliceNumber")->text().toStdString(), HasSubstr("6 / 7"));
    EXPECT_EQ(session().images().size(), 1U) << "a slice that was only looked at has left the list";
}

TEST_F(SliceCommandsTest, AFrameIsChosenByNumberAndByKey) {
    const QString path = folder_.filePath(QStringLiteral("series.nii"));
    testing::writeNifti(toPath(path), {60, 50, 3}, 4);
    openAndWait({path});
    auto* frame = child<QSpinBox>("Frame");
    EXPECT_TRUE(frame->isVisible());
    EXPECT_EQ(frame->maximum(), 4);
    EXPECT_FALSE(isEnabled("PreviousFrame"));
    frame->setValue(3);
    waitForSlice("axial:1:2");
    QTest::keyClick(&window_, Qt::Key_PageDown, Qt::ControlModifier);
    waitForSlice("axial:1:3");
    EXPECT_EQ(frame->value(), 4);
    EXPECT_FALSE(isEnabled("NextFrame"));
}

TEST_F(SliceCommandsTest, VolumesAreOfferedByTheDialog) {
    child<QAction>("OpenImages")->trigger();
    const QStringList filters = child<QFileDialog>("OpenImagesDialog")->nameFilters();
    EXPECT_THAT(filters.first().toStdString(), HasSubstr("(*)")) << "DICOM files may have no ending";
    const QString filter = filters.last();
    for (const char* ending : {"*.nii", "*.nii.gz", "*.dcm", "*.dicom", "*.j2k"}) {
        EXPECT_THAT(filter.toStdString(), HasSubstr(ending));
    }
}

}  // namespace
}  // namespace finebrush
