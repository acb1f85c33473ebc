#include "core/session/labels/superpixel_maker.h"
#include "tests/ui/support/window_fixture.h"

#include <QImage>
#include <QSlider>

namespace finebrush {
namespace {

using testing::WindowFixture;

/// Two halves of 100 × 150 px, dark and bright.
class SuperpixelToolTest : public WindowFixture {
  protected:
    SuperpixelToolTest() {
        QImage image(200, 150, QImage::Format_RGB888);
        image.fill(QColor(40, 40, 40));
        for (int y = 0; y < 150; ++y) {
            for (int x = 100; x < 200; ++x) image.setPixelColor(x, y, QColor(200, 200, 200));
        }
        const QString path = folder_.filePath(QStringLiteral("halves.png"));
        EXPECT_TRUE(image.save(path));
        openAndWait({path});
        canvas().setFocus();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&canvas(), key, modifiers);
    }
    void begin() {
        press(Qt::Key_Q);
        ASSERT_TRUE(
            QTest::qWaitFor([this] { return session().superpixels().current() != nullptr; }, kPatience));
    }
    int64_t pixelsOf(uint8_t value) { return session().labels().histogram()[value]; }
    int64_t areaAt(PointInImage point) {
        const auto superpixels = session().superpixels().current();
        return superpixels->region(*superpixels->at(point)).area();
    }
    QColor shownAt(PointInImage point) { return canvas().grab().toImage().pixelColor(viewAt(point)); }
};

TEST_F(SuperpixelToolTest, AClickPaintsTheWholeSuperpixelAndNoMore) {
    begin();
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, viewAt({96, 75}));
    EXPECT_GT(pixelsOf(0), 40);
    EXPECT_EQ(pixelsOf(0), areaAt({96, 75}));
    for (int y = 0; y < 150; ++y) {
        for (int x = 102; x < 200; ++x) EXPECT_EQ(session().labels().at(x, y), kUnlabelled);
    }
}

TEST_F(SuperpixelToolTest, ADragPaintsAllOnItsWayAsOneStepAndTheRightButtonErases) {
    begin();
    drag({20, 40}, {180, 40});
    for (int x = 20; x < 180; ++x) EXPECT_EQ(session().labels().at(x, 40), 0) << x;
    const int64_t painted = pixelsOf(0);
    drag({20, 40}, {180, 40}, Qt::RightButton);
    EXPECT_EQ(pixelsOf(0), 0);
    session().undo();
    EXPECT_EQ(pixelsOf(0), painted);
    session().undo();
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
}

TEST_F(SuperpixelToolTest, EscapeTakesBackWhatTheDragHasPainted) {
    begin();
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({20, 40}));
    QTest::mouseMove(&canvas(), viewAt({90, 40}));
    EXPECT_GT(pixelsOf(0), 0);
    press(Qt::Key_Escape);
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, viewAt({90, 40}));
    EXPECT_EQ(pixelsOf(0), 0);
    EXPECT_FALSE(session().canUndo());
}

TEST_F(SuperpixelToolTest, TheOneUnderThePointerIsShownBefore) {
    begin();
    const QColor before = shownAt({40, 40});
    QTest::mouseMove(&canvas(), viewAt({40, 40}));
    EXPECT_NE(shownAt({40, 40}), before);
    QTest::mouseMove(&canvas(), QPoint(1, 1));
    EXPECT_EQ(shownAt({40, 40}), before);
    QTest::mouseMove(&canvas(), viewAt({40, 40}));
    press(Qt::Key_B);
    QTest::mouseMove(&canvas(), viewAt({90, 40}));
    EXPECT_EQ(shownAt({40, 40}), before);
}

TEST_F(SuperpixelToolTest, TheSizeKeysChangeTheSuperpixels) {
    begin();
    EXPECT_TRUE(child<QSlider>("BrushSizeSlider")->isEnabled());
    const int before = session().superpixels().current()->count();
    for (int step = 0; step < 4; ++step) press(Qt::Key_BracketRight);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return session().superpixels().current()->count() < before; }, kPatience));
}

TEST_F(SuperpixelToolTest, AClickBeforeThereAreAnyIsNotLost) {
    press(Qt::Key_Q);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, viewAt({60, 60}));
    ASSERT_TRUE(QTest::qWaitFor([this] { return pixelsOf(0) > 0; }, kPatience));
    EXPECT_EQ(pixelsOf(0), areaAt({60, 60}));
    EXPECT_TRUE(session().canUndo());
}

TEST_F(SuperpixelToolTest, LockedClassesStay) {
    press(Qt::Key_2);
    drag({40, 40}, {50, 40});
    const int64_t locked = pixelsOf(1);
    press(Qt::Key_K);
    press(Qt::Key_1);
    begin();
    drag({20, 40}, {90, 40});
    EXPECT_EQ(pixelsOf(1), locked);
    EXPECT_GT(pixelsOf(0), 0);
}

}  // namespace
}  // namespace finebrush
