#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"

#include <QAction>
#include <QLabel>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

class PropagationTest : public WindowFixture {
  protected:
    bool isEnabled(const char* action) const { return child<QAction>(action)->isEnabled(); }
};

TEST_F(PropagationTest, AKeyCopiesTheLabelsOfTheImageBefore) {
    openAndWait(
        {makeImage(QStringLiteral("a.png"), {200, 150}), makeImage(QStringLiteral("b.png"), {200, 150})});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 2; }, kPatience));
    const ImageId first = session().images()[0].id;
    session().showImage(first);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().shownImage()->id == first; }, kPatience));
    drag({30, 40}, {150, 40});
    QTest::keyClick(&window_, Qt::Key_D);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().shownImage()->id != first; }, kPatience));
    QTest::keyClick(&window_, Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(session().labels().at(60, 40), 0);
    QTest::keyClick(&window_, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_THAT(child<QLabel>("NoticeText")->text().toStdString(),
                HasSubstr("b.png: no slice or image after this one has labels"));
}

TEST_F(PropagationTest, SlicesAreInterpolatedByAKeyAndOneUndoTakesAllBack) {
    EXPECT_FALSE(isEnabled("InterpolateSlices"));
    EXPECT_FALSE(isEnabled("CopyFromPrevious"));
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    EXPECT_TRUE(isEnabled("InterpolateSlices"));
    drag({10, 20}, {40, 20});
    for (const char* slice : {"axial:4", "axial:5", "axial:6"}) {
        QTest::keyClick(&window_, Qt::Key_PageDown);
        waitForSlice(slice);
    }
    drag({10, 20}, {40, 20});
    QTest::keyClick(&window_, Qt::Key_L, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().images()[2].labelledPixels > 0; }, kPatience));
    EXPECT_GT(session().images()[1].labelledPixels, 0);
    EXPECT_THAT(child<QLabel>("NoticeText")->text().toStdString(), HasSubstr("(slices: 2)"));
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    ASSERT_EQ(session().images().size(), 2U) << "slices without labels leave the list";
    EXPECT_EQ(session().images()[1].slice->index, 6);
    EXPECT_GT(session().images()[1].labelledPixels, 0);
}

TEST_F(PropagationTest, AKeyTakesTheLabelsOfTheOtherViews) {
    EXPECT_FALSE(isEnabled("TakeCrossLabels"));
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    drag({10, 25}, {40, 25});
    const uint8_t painted = session().labels().at(25, 25);
    ASSERT_NE(painted, kUnlabelled);
    child<QAction>("CoronalView")->trigger();
    waitForSlice("coronal:25");
    QTest::keyClick(&window_, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !session().labels().isEmpty(); }, kPatience));
    EXPECT_EQ(session().labels().at(25, 3), painted);
    EXPECT_THAT(child<QLabel>("NoticeText")->text().toStdString(), HasSubstr("were taken"));
    QTest::keyClick(&window_, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    const auto isTold = [this] {
        return child<QLabel>("NoticeText")->text().contains(QStringLiteral("have no label"));
    };
    EXPECT_TRUE(QTest::qWaitFor(isTold, kPatience));
}

}  // namespace
}  // namespace finebrush
