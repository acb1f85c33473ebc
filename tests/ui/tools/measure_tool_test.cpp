#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"

#include <QAction>
#include <QLabel>

namespace finebrush {
namespace {

using testing::WindowFixture;

class MeasureToolTest : public WindowFixture {
  protected:
    MeasureToolTest() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {200, 150})});
        canvas().setFocus();
        child<QAction>("MeasureTool")->trigger();
        without_ = picture();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&canvas(), key, modifiers);
    }
    QString hint() const { return child<QLabel>("StatusHint")->text(); }
    QImage picture() {
        QTest::mouseMove(&canvas(), viewAt({2, 2}));
        return canvas().grab().toImage();
    }
    /// In the unit that the status line says.
    double length(const QString& unit) const {
        const QStringList words = hint().split(u' ');
        EXPECT_EQ(words.value(0), QStringLiteral("Length")) << hint().toStdString();
        EXPECT_EQ(words.value(2), unit) << hint().toStdString();
        return words.value(1).toDouble();
    }

    QImage without_;
};

TEST_F(MeasureToolTest, ALineTellsItsLengthAndLabelsNothing) {
    drag({20, 30}, {140, 120});
    EXPECT_NEAR(length(QStringLiteral("px")), 150, 1);
    EXPECT_NE(picture(), without_) << "it stays drawn";
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
    drag({20, 30}, {20, 100});
    EXPECT_NEAR(length(QStringLiteral("px")), 70, 1) << "in the place of the one before";
}

TEST_F(MeasureToolTest, EscapeAClickAnotherToolAndAnotherImageTakeItAway) {
    const auto expectNone = [this](const char* why) {
        EXPECT_FALSE(hint().startsWith(QStringLiteral("Length"))) << why;
    };
    drag({20, 30}, {140, 120});
    press(Qt::Key_Escape);
    expectNone("Escape");
    EXPECT_EQ(picture(), without_);
    drag({20, 30}, {140, 120});
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, viewAt({50, 50}));
    expectNone("a click");
    drag({20, 30}, {140, 120});
    child<QAction>("BrushTool")->trigger();
    expectNone("another tool");
    child<QAction>("MeasureTool")->trigger();
    expectNone("the tool again");
    drag({20, 30}, {140, 120});
    openAndWait({makeImage(QStringLiteral("others.png"), {100, 80})});
    ASSERT_TRUE(QTest::qWaitFor(
        [this] {
            return session().shownImage()->pixels.size == PixelSize{100, 80};
        },
        kPatience));
    expectNone("another image");
}

TEST_F(MeasureToolTest, UndoIsForTheProjectWhileALineIsShown) {
    child<QAction>("BrushTool")->trigger();
    drag({20, 20}, {60, 20});
    child<QAction>("MeasureTool")->trigger();
    drag({20, 30}, {140, 120});
    ASSERT_FALSE(session().labels().isEmpty());
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_NEAR(length(QStringLiteral("px")), 150, 1) << "the line stays";
}

TEST_F(MeasureToolTest, ALengthInAVolumeIsInMillimetres) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7}, 1, 2);
    openAndWait({path});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage()->slice.has_value(); }, kPatience));
    const auto plane = planeOf(session().shownImage()->grid, session().shownImage()->plane);
    ASSERT_TRUE(plane);
    drag({10, 10}, {40, 10});
    EXPECT_NEAR(length(QStringLiteral("mm")), 30 * plane->spacing[0], plane->spacing[0]);
    drag({10, 10}, {10, 30});
    EXPECT_NEAR(length(QStringLiteral("mm")), 20 * plane->spacing[1], plane->spacing[1]);
}

}  // namespace
}  // namespace finebrush
