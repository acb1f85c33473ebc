#include "ui/main_window/panel_focus.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QTreeWidget>

namespace finebrush {
namespace {

using testing::WindowFixture;

class PanelFocusTest : public WindowFixture {
  protected:
    PanelFocusTest() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
        window_.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
        canvas().setFocus();
    }
    ~PanelFocusTest() override { preferences_.setKeyProfile(KeyProfile::Finebrush); }

    /// The dock that has the keys; empty: none.
    static QString dockWithKeys() {
        for (const QWidget* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
            if (qobject_cast<const QDockWidget*>(widget)) return widget->objectName();
        }
        return {};
    }
};

TEST_F(PanelFocusTest, EveryOpenPanelGetsTheKeysInTurn) {
    child<QDockWidget>("ResultDock")->hide();
    QStringList seen;
    for (int step = 0; step < 20; ++step) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        seen << dockWithKeys();
        if (QApplication::focusWidget() == &canvas()) break;
    }
    EXPECT_EQ(QApplication::focusWidget(), &canvas()) << "round and round";
    for (const char* dock : {"ImagesDock", "DisplayDock", "ClassesDock", "AdaptDock", "NoticesDock"}) {
        EXPECT_TRUE(seen.contains(QLatin1String(dock))) << dock;
    }
    EXPECT_FALSE(seen.contains(QStringLiteral("ResultDock"))) << "it is closed";
    QTest::keyClick(&canvas(), Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(dockWithKeys(), seen[seen.size() - 2]) << "the way back";
}

TEST_F(PanelFocusTest, ArrowsMoveWithinAListAndStepThroughSlicesElsewhere) {
    preferences_.setKeyProfile(KeyProfile::ItkSnap);
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage()->slice.has_value(); }, kPatience));
    const int index = session().shownImage()->slice->index;
    auto* list = child<QTreeWidget>("ClassList");
    list->setFocus();
    list->setCurrentItem(list->topLevelItem(0));
    QTest::keyClick(list, Qt::Key_Down);
    EXPECT_EQ(list->currentItem(), list->topLevelItem(1));
    EXPECT_EQ(session().shownImage()->slice->index, index);
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Up);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return session().shownImage()->slice && session().shownImage()->slice->index == index + 1; },
        kPatience));
}

TEST_F(PanelFocusTest, TheClassIsHiddenAndRenamedByKeys) {
    QTest::keyClick(&canvas(), Qt::Key_2);
    QTest::keyClick(&canvas(), Qt::Key_K, Qt::ShiftModifier);
    EXPECT_FALSE(session().classes().classes()[1].visible);
    EXPECT_TRUE(child<QAction>("HideClass")->isChecked());
    QTest::keyClick(&canvas(), Qt::Key_K, Qt::ShiftModifier);
    EXPECT_TRUE(session().classes().classes()[1].visible);
    QTest::keyClick(&canvas(), Qt::Key_F2);
    QTest::keyClicks(QApplication::focusWidget(), "vessel");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    EXPECT_TRUE(
        QTest::qWaitFor([this] { return session().classes().classes()[1].name == "vessel"; }, kPatience));
    EXPECT_FALSE(child<QAction>("Class3")->isEnabled()) << "there are two classes";
}

TEST_F(PanelFocusTest, TabReachesTheBorderOfAComparisonAndArrowsMoveIt) {
    preferences_.setKeyProfile(KeyProfile::ItkSnap);
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage()->slice.has_value(); }, kPatience));
    child<QAction>("CompareOverlay")->trigger();
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Tab);
    auto* border = child<QWidget>("SplitHandle");
    ASSERT_EQ(QApplication::focusWidget(), border);
    const int before = border->x();
    QTest::keyClick(border, Qt::Key_Right);
    EXPECT_GT(border->x(), before) << "although the arrow has a command";
}

TEST_F(PanelFocusTest, AStrokeIsPaintedByKeysAlone) {
    QTest::keyClick(&canvas(), Qt::Key_B);
    QTest::keyClick(&canvas(), Qt::Key_Up, Qt::ControlModifier);
    QTest::keyPress(&canvas(), Qt::Key_Insert);
    QTest::keyClick(&canvas(), Qt::Key_Right);
    QTest::keyRelease(&canvas(), Qt::Key_Insert);
    EXPECT_TRUE(session().canUndo());
    EXPECT_NE(session().labels().at(30, 19), kUnlabelled);
    QTest::keyPress(&canvas(), Qt::Key_Insert, Qt::ShiftModifier);
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QTest::keyRelease(&canvas(), Qt::Key_Insert, Qt::ShiftModifier);
    EXPECT_EQ(session().labels().at(30, 19), kUnlabelled) << "Shift erases";
}

}  // namespace
}  // namespace finebrush
