#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QImage>
#include <QInputDialog>
#include <QLabel>
#include <QSpinBox>
#include <QToolBar>

namespace finebrush {
namespace {

using testing::WindowFixture;

class ToolsTest : public WindowFixture {
  protected:
    ToolsTest() {
        openAndWait({makeStripes()});
        canvas().setFocus();
    }

    /// Dark on the left, a little lighter in the middle, bright on the right.
    QString makeStripes() {
        QImage image(200, 150, QImage::Format_RGB888);
        image.fill(QColor(200, 200, 200));
        for (int y = 0; y < 150; ++y) {
            for (int x = 0; x < 100; ++x)
                image.setPixelColor(x, y, x < 50 ? QColor(40, 40, 40) : QColor(80, 80, 80));
        }
        const QString path = folder_.filePath(QStringLiteral("stripes.png"));
        EXPECT_TRUE(image.save(path));
        return path;
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&canvas(), key, modifiers);
    }
    void click(PointInImage point, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mouseClick(&canvas(), button, {}, viewAt(point));
    }
    void clickTriangle() {
        for (const PointInImage corner : {PointInImage{20, 20}, {120, 20}, {20, 120}}) click(corner);
    }
    uint8_t labelAt(int x, int y) { return session().labels().at(x, y); }
    int64_t pixelsOf(uint8_t value) { return session().labels().histogram()[value]; }
    QString hint() const { return child<QLabel>("StatusHint")->text(); }
    void expectOneStep() {
        ASSERT_TRUE(session().canUndo());
        press(Qt::Key_Z, Qt::ControlModifier);
        EXPECT_TRUE(session().labels().isEmpty());
        EXPECT_FALSE(session().canUndo());
        press(Qt::Key_Y, Qt::ControlModifier);
        EXPECT_FALSE(session().labels().isEmpty());
    }
};

// ---- polygon, rectangle, lasso

TEST_F(ToolsTest, EnterClosesThePolygonAsOneStep) {
    press(Qt::Key_P);
    clickTriangle();
    EXPECT_TRUE(session().labels().isEmpty());
    press(Qt::Key_Return);
    EXPECT_EQ(labelAt(30, 30), 0);
    EXPECT_EQ(labelAt(110, 110), kUnlabelled);
    EXPECT_NEAR(static_cast<double>(pixelsOf(0)), 5000, 150);
    expectOneStep();
}

TEST_F(ToolsTest, ADoubleClickClosesThePolygonAtItsPlace) {
    press(Qt::Key_P);
    click({20, 20});
    click({120, 20});
    click({20, 120});
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, viewAt({20, 120}));
    EXPECT_NEAR(static_cast<double>(pixelsOf(0)), 5000, 150);
    click({150, 100});  // begins another
    EXPECT_NEAR(static_cast<double>(pixelsOf(0)), 5000, 150);
}

TEST_F(ToolsTest, AClickOnTheFirstCornerClosesThePolygon) {
    press(Qt::Key_P);
    clickTriangle();
    click({20, 20});
    EXPECT_EQ(labelAt(30, 30), 0);
}

TEST_F(ToolsTest, TheRightButtonAndBackspaceTakeCornersBack) {
    press(Qt::Key_P);
    clickTriangle();
    click({190, 140});
    click({190, 5});
    click({100, 70}, Qt::RightButton);
    press(Qt::Key_Backspace);
    press(Qt::Key_Return);
    EXPECT_NEAR(static_cast<double>(pixelsOf(0)), 5000, 150);
}

TEST_F(ToolsTest, UndoTakesCornersBackWhileThePolygonIsOpen) {
    press(Qt::Key_P);
    clickTriangle();
    press(Qt::Key_Return);
    const int64_t before = pixelsOf(0);
    click({150, 100});
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(pixelsOf(0), before);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(session().labels().isEmpty());
}

TEST_F(ToolsTest, EscapeAndAnotherToolDropThePolygon) {
    press(Qt::Key_P);
    clickTriangle();
    press(Qt::Key_Escape);
    press(Qt::Key_Return);
    EXPECT_FALSE(session().canUndo());
    clickTriangle();
    press(Qt::Key_B);
    press(Qt::Key_P);
    press(Qt::Key_Return);
    EXPECT_FALSE(session().canUndo());
}

TEST_F(ToolsTest, ThePolygonStaysWhereItIsInTheImageWhileTheViewMoves) {
    press(Qt::Key_P);
    click({20, 20});
    click({120, 20});
    const ViewTransform before = canvas().transform();
    QTest::keyPress(&canvas(), Qt::Key_Space);
    drag({60, 60}, {80, 70});
    QTest::keyRelease(&canvas(), Qt::Key_Space);
    press(Qt::Key_Plus, Qt::ControlModifier);
    drag({60, 60}, {50, 60}, Qt::MiddleButton);
    EXPECT_NE(canvas().transform().viewFromImage(PointInImage{20, 20}),
              before.viewFromImage(PointInImage{20, 20}));
    click({20, 120});
    press(Qt::Key_Enter);
    EXPECT_NEAR(static_cast<double>(pixelsOf(0)), 5000, 150);
}

TEST_F(ToolsTest, EnterAcceptsThePredictionOnlyWhileNoPolygonIsOpen) {
    adaptUntilHeard();
    engine_.say(predictionOf(1));
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().canAccept(); }, kPatience));
    press(Qt::Key_P);
    click({100, 20});
    press(Qt::Key_Return);
    EXPECT_EQ(labelAt(190, 140), kUnlabelled);
    press(Qt::Key_Escape);
    press(Qt::Key_Return);
    EXPECT_EQ(labelAt(190, 140), 1);
}

TEST_F(ToolsTest, ARectangleIsFilledAndErased) {
    press(Qt::Key_R);
    drag({20, 30}, {120, 90});
    EXPECT_EQ(labelAt(21, 31), 0);
    EXPECT_EQ(labelAt(119, 89), 0);
    EXPECT_EQ(labelAt(125, 60), kUnlabelled);
    expectOneStep();
    drag({40, 40}, {80, 80}, Qt::RightButton);
    EXPECT_EQ(labelAt(60, 60), kUnlabelled);
    EXPECT_EQ(labelAt(30, 60), 0);
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Z, Qt::ControlModifier);
    click({60, 60});
    EXPECT_TRUE(session().labels().isEmpty()) << "a click is no rectangle";
}

TEST_F(ToolsTest, ALineIsAStraightStrokeThatFollowsThePointer) {
    press(Qt::Key_Slash);
    EXPECT_TRUE(child<QAction>("LineTool")->isChecked());
    const QImage bare = canvas().grab().toImage();
    const auto isDrawnAt = [&](PointInImage point) {
        const QImage shown = canvas().grab().toImage();
        return shown.pixelColor(viewAt(point)) != bare.pixelColor(viewAt(point));
    };
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({30, 30}));
    QTest::mouseMove(&canvas(), viewAt({30, 120}));
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_TRUE(isDrawnAt({30, 75}));
    EXPECT_FALSE(isDrawnAt({90, 30}));
    QTest::mouseMove(&canvas(), viewAt({150, 30}));
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, viewAt({150, 30}));
    EXPECT_EQ(labelAt(90, 30), 0);
    EXPECT_EQ(labelAt(30, 110), kUnlabelled);
    expectOneStep();
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({30, 100}));
    QTest::mouseMove(&canvas(), viewAt({90, 100}));
    press(Qt::Key_Escape);
    EXPECT_EQ(labelAt(60, 100), kUnlabelled);
}

TEST_F(ToolsTest, NothingIsPaintedUnseen) {
    LabelClass hidden = session().classes().classes()[0];
    hidden.visible = false;
    session().updateClass(hidden);
    child<QAction>("ToggleOverlay")->setChecked(false);
    drag({20, 30}, {60, 30});
    EXPECT_TRUE(session().classes().classes()[0].visible);
    EXPECT_TRUE(child<QAction>("ToggleOverlay")->isChecked());
}

TEST_F(ToolsTest, AfterASizeIsTypedKeysAreForToolsAgain) {
    auto* size = child<QSpinBox>("BrushSize");
    size->setFocus();
    QTest::keyClick(size, Qt::Key_Return);
    EXPECT_FALSE(size->hasFocus());
}

TEST_F(ToolsTest, ALassoFillsWhatItGoesAround) {
    press(Qt::Key_L);
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({20, 20}));
    for (const PointInImage point : {PointInImage{120, 20}, {120, 80}, {20, 80}}) {
        QTest::mouseMove(&canvas(), viewAt(point));
    }
    EXPECT_TRUE(session().labels().isEmpty());
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, viewAt({20, 80}));
    EXPECT_EQ(labelAt(70, 50), 0);
    EXPECT_NEAR(static_cast<double>(pixelsOf(0)), 6000, 200);
    expectOneStep();
}

// ---- fill, wand, pick

TEST_F(ToolsTest, TheFillStopsAtOtherLabels) {
    press(Qt::Key_R);
    drag({50, -5}, {60, 160});
    press(Qt::Key_2);
    press(Qt::Key_F);
    click({20, 70});
    EXPECT_EQ(labelAt(5, 5), 1);
    EXPECT_EQ(labelAt(100, 70), kUnlabelled);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(pixelsOf(1), 0);
    EXPECT_GT(pixelsOf(0), 0);
}

TEST_F(ToolsTest, TheWandTakesOneColourAndMoreWhereItIsDragged) {
    press(Qt::Key_W);
    click({20, 70});
    EXPECT_EQ(pixelsOf(0), 50 * 150);
    expectOneStep();
    press(Qt::Key_Z, Qt::ControlModifier);

    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({20, 70}));
    EXPECT_EQ(pixelsOf(0), 50 * 150) << "seen at once";
    const QString before = hint();
    QTest::mouseMove(&canvas(), viewAt({20, 70}) + QPoint(100, 0));
    EXPECT_EQ(pixelsOf(0), 100 * 150);
    EXPECT_NE(hint(), before);
    EXPECT_FALSE(session().canUndo());
    QTest::mouseMove(&canvas(), viewAt({20, 70}) + QPoint(10, 0));
    EXPECT_EQ(pixelsOf(0), 50 * 150);
    QTest::mouseMove(&canvas(), viewAt({20, 70}) + QPoint(110, 0));
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, viewAt({20, 70}) + QPoint(110, 0));
    EXPECT_EQ(pixelsOf(0), 100 * 150);
    expectOneStep();
}

TEST_F(ToolsTest, EscapeTakesTheWandBack) {
    press(Qt::Key_W);
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, viewAt({20, 70}));
    press(Qt::Key_Escape);
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, viewAt({20, 70}));
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
}

TEST_F(ToolsTest, PickingTakesTheClassAndGivesTheToolBack) {
    press(Qt::Key_2);
    press(Qt::Key_R);
    drag({20, 20}, {60, 60});
    press(Qt::Key_1);
    press(Qt::Key_I);
    EXPECT_TRUE(child<QAction>("PickTool")->isChecked());
    click({150, 100});
    EXPECT_TRUE(child<QAction>("PickTool")->isChecked()) << "there is nothing to pick";
    click({40, 40});
    EXPECT_TRUE(child<QAction>("RectangleTool")->isChecked());
    drag({100, 100}, {120, 120});
    EXPECT_EQ(labelAt(110, 110), 1);
}

// ---- what may be painted on

TEST_F(ToolsTest, EveryToolLeavesALockedClassAsItIs) {
    press(Qt::Key_R);
    drag({0, 0}, {100, 150});
    press(Qt::Key_K);
    ASSERT_TRUE(session().classes().classes()[0].locked);
    const int64_t locked = pixelsOf(0);
    press(Qt::Key_2);
    drag({50, 20}, {150, 120});
    press(Qt::Key_L);
    drag({20, 20}, {190, 100});
    press(Qt::Key_W);
    click({20, 70});
    press(Qt::Key_F);
    click({20, 70});
    press(Qt::Key_P);
    clickTriangle();
    press(Qt::Key_Return);
    press(Qt::Key_B);
    drag({20, 70}, {190, 70});
    press(Qt::Key_E);
    drag({20, 80}, {190, 80});
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    EXPECT_EQ(pixelsOf(0), locked);
    EXPECT_GT(pixelsOf(1), 0);
}

TEST_F(ToolsTest, OnlyUnlabelledPixelsArePaintedWhileThatIsOn) {
    press(Qt::Key_R);
    drag({0, 0}, {100, 150});
    const int64_t before = pixelsOf(0);
    press(Qt::Key_O);
    press(Qt::Key_2);
    drag({50, 20}, {150, 120});
    EXPECT_EQ(pixelsOf(0), before);
    EXPECT_GT(pixelsOf(1), 0);
    press(Qt::Key_O);
    drag({50, 20}, {150, 120});
    EXPECT_LT(pixelsOf(0), before);
}

TEST_F(ToolsTest, OneClassAloneIsPaintedOverAndErased) {
    press(Qt::Key_R);
    drag({0, 0}, {100, 150});
    press(Qt::Key_2);
    drag({100, 0}, {150, 150});
    const int64_t first = pixelsOf(0), second = pixelsOf(1);
    press(Qt::Key_O, Qt::ShiftModifier);
    EXPECT_TRUE(child<QAction>("OnlyOverClass")->isChecked());
    EXPECT_TRUE(hint().contains(QStringLiteral("Only over “Class 1”"))) << hint().toStdString();
    EXPECT_EQ(child<QComboBox>("PaintOver")->currentData().toInt(), 1);
    press(Qt::Key_1);
    drag({90, 20}, {190, 120});
    EXPECT_EQ(labelAt(120, 60), 0);
    EXPECT_EQ(labelAt(170, 60), kUnlabelled);
    EXPECT_LT(pixelsOf(1), second);
    drag({0, 0}, {110, 150}, Qt::RightButton);
    EXPECT_GT(pixelsOf(0), first) << "other classes are not erased";
    EXPECT_EQ(labelAt(105, 140), kUnlabelled);
    press(Qt::Key_O, Qt::ShiftModifier);
    EXPECT_FALSE(hint().contains(QStringLiteral("Only")));
    drag({90, 20}, {190, 120});
    EXPECT_EQ(labelAt(170, 60), 0);
}

TEST_F(ToolsTest, WhatMayBePaintedOverIsChosenInTheToolBarAndGoesWithItsClass) {
    auto* over = child<QComboBox>("PaintOver");
    const auto choose = [&](int value) {
        over->setCurrentIndex(over->findData(value));
        emit over->activated(over->currentIndex());
    };
    choose(kUnlabelled);
    EXPECT_EQ(session().paintsOver(), PaintOver::Unlabelled);
    EXPECT_TRUE(child<QAction>("OnlyUnlabelled")->isChecked());
    choose(1);
    EXPECT_EQ(session().paintsOver(), (PaintOver{1}));
    EXPECT_FALSE(child<QAction>("OnlyUnlabelled")->isChecked());
    session().removeClass(ClassId(session().classes().classes()[1].id));
    EXPECT_EQ(session().paintsOver(), PaintOver::Everything);
    EXPECT_EQ(over->currentIndex(), 0);
    EXPECT_FALSE(child<QAction>("OnlyOverClass")->isChecked());
}

TEST_F(ToolsTest, OnlyValuesInARangeArePaintedWhileThatIsOn) {
    auto* only = child<QAction>("OnlyValues");
    const auto areFieldsThere = [this] {
        const auto* bar = child<QToolBar>("MainToolBar");
        for (QAction* action : bar->actions()) {
            if (bar->widgetForAction(action) == child<QWidget>("PaintValues")) return action->isVisible();
        }
        return false;
    };
    auto* low = child<QDoubleSpinBox>("LowestPaintedValue");
    auto* high = child<QDoubleSpinBox>("HighestPaintedValue");
    EXPECT_FALSE(only->isChecked());
    EXPECT_FALSE(areFieldsThere());
    EXPECT_FALSE(hint().contains(QStringLiteral("values")));
    only->trigger();
    EXPECT_TRUE(only->isChecked());
    EXPECT_TRUE(areFieldsThere());
    EXPECT_EQ(low->value(), 0) << "what the image shows, at first";
    EXPECT_EQ(high->value(), 255);
    EXPECT_EQ(low->decimals(), 0);
    low->setValue(60);
    high->setValue(100);
    EXPECT_EQ(session().paintedValues(), (PaintedValues{true, 0, ValueRange{60, 100}}));
    EXPECT_TRUE(hint().contains(QStringLiteral("Only values 60 … 100 of band 1"))) << hint().toStdString();
    press(Qt::Key_R);
    drag({0, 0}, {200, 150});
    EXPECT_EQ(pixelsOf(0), 50 * 150) << "the middle stripe";
    expectOneStep();
    only->trigger();
    EXPECT_FALSE(areFieldsThere());
    drag({0, 0}, {200, 150});
    EXPECT_EQ(pixelsOf(0), 200 * 150);
}

TEST_F(ToolsTest, AStrokeThatTheValuesKeepFromEverythingIsExplained) {
    session().setPaintedValues({true, 0, ValueRange{60, 100}});
    press(Qt::Key_B);
    drag({150, 50}, {180, 50});
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
    EXPECT_TRUE(hint().startsWith(QStringLiteral("Nothing changed"))) << hint().toStdString();
    drag({70, 50}, {80, 50});
    EXPECT_GT(pixelsOf(0), 0);
    EXPECT_FALSE(hint().startsWith(QStringLiteral("Nothing changed")));
}

TEST_F(ToolsTest, OneEndOfTheRangeTakesTheOtherAlongAndTheBandIsChosen) {
    session().setPaintedValues({true, 0, ValueRange{60, 100}});
    auto* low = child<QDoubleSpinBox>("LowestPaintedValue");
    auto* high = child<QDoubleSpinBox>("HighestPaintedValue");
    low->setValue(120);
    EXPECT_EQ(session().paintedValues().range, (ValueRange{120, 120}));
    EXPECT_EQ(high->value(), 120);
    high->setValue(90);
    EXPECT_EQ(session().paintedValues().range, (ValueRange{90, 90}));
    auto* band = child<QComboBox>("PaintedBand");
    EXPECT_FALSE(band->isHidden());
    EXPECT_EQ(band->count(), 3);
    band->setCurrentIndex(2);
    emit band->activated(2);
    EXPECT_EQ(session().paintedValues().band, 2);
    session().setPaintedValues({true, 5, ValueRange{0, 9}});
    EXPECT_EQ(band->currentText(), QStringLiteral("6")) << "the image lacks it";
}

// ---- the shape of a class

TEST_F(ToolsTest, HolesAreFilledAsOneStep) {
    press(Qt::Key_R);
    drag({20, 20}, {120, 120});
    const int64_t whole = pixelsOf(0);
    drag({50, 50}, {60, 60}, Qt::RightButton);
    ASSERT_LT(pixelsOf(0), whole);
    press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(pixelsOf(0), whole);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_LT(pixelsOf(0), whole);
}

TEST_F(ToolsTest, AClassGrowsAndShrinks) {
    press(Qt::Key_R);
    drag({20, 20}, {120, 120});
    const int64_t before = pixelsOf(0);
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    EXPECT_GT(pixelsOf(0), before + 390);
    press(Qt::Key_BracketLeft, Qt::ControlModifier);
    EXPECT_EQ(pixelsOf(0), before);
}

TEST_F(ToolsTest, IslandsAreRemovedBelowTheSizeThatIsAskedFor) {
    press(Qt::Key_R);
    drag({20, 20}, {120, 120});
    const int64_t large = pixelsOf(0);
    drag({150, 20}, {160, 30});
    ASSERT_GT(pixelsOf(0), large);
    press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = child<QInputDialog>("IslandsDialog");
    dialog->setIntValue(1000);
    dialog->accept();
    EXPECT_EQ(pixelsOf(0), large);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_GT(pixelsOf(0), large);
}

TEST_F(ToolsTest, TheSizeIsThatOfBrushAndEraser) {
    for (const auto& [key, hasSize] : {std::pair(Qt::Key_B, true), std::pair(Qt::Key_E, true),
                                       std::pair(Qt::Key_P, false), std::pair(Qt::Key_H, false)}) {
        press(key);
        EXPECT_EQ(child<QSpinBox>("BrushSize")->isEnabled(), hasSize) << key;
    }
}

TEST_F(ToolsTest, EachToolSaysWhatItCanDo) {
    QStringList hints;
    for (const char* tool : {"BrushTool", "EraserTool", "PolygonTool", "RectangleTool", "LassoTool",
                             "FillTool", "WandTool", "PickTool", "MeasureTool", "PanTool"}) {
        child<QAction>(tool)->trigger();
        hints << hint();
    }
    EXPECT_FALSE(hints.contains(QString()));
    EXPECT_EQ(hints.removeDuplicates(), 0);
}

}  // namespace
}  // namespace finebrush
