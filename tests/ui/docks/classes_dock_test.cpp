#include "ui/docks/classes_dock.h"

#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QColorDialog>
#include <QComboBox>
#include <QDockWidget>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>

namespace finebrush {
namespace {

using testing::WindowFixture;

class ClassesDockTest : public WindowFixture {
  protected:
    ClassesDockTest() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {100, 80})});
        tree_ = child<QTreeWidget>("ClassList");
    }

    void click(const char* button) { QTest::mouseClick(child<QToolButton>(button), Qt::LeftButton); }

    void confirm() { QTest::mouseClick(child<QPushButton>("ConfirmRemoveClass"), Qt::LeftButton); }

    void clickCell(int row, int column) {
        const QRect cell = tree_->visualItemRect(tree_->topLevelItem(row));
        const QPoint place(tree_->columnViewportPosition(column) + 4, cell.center().y());
        QTest::mouseClick(tree_->viewport(), Qt::LeftButton, {}, place);
        QCoreApplication::processEvents();
    }

    /// Types a name into the field that is open in the list.
    void typeName(const QString& name) {
        const QPointer<QLineEdit> editor = tree_->viewport()->findChild<QLineEdit*>();
        ASSERT_FALSE(editor.isNull());
        editor->selectAll();
        QTest::keyClicks(editor, name);
        QTest::keyClick(editor, Qt::Key_Return);
        EXPECT_TRUE(QTest::qWaitFor([&] { return editor.isNull(); }, kPatience));
        QCoreApplication::processEvents();
    }

    /// Chooses a key in the menu of the list; 0: none.
    void chooseKey(int row, char key) {
        tree_->setCurrentItem(tree_->topLevelItem(row));
        emit tree_->itemDoubleClicked(tree_->topLevelItem(row), kKeyColumn);
        auto* menu = child<QMenu>("ClassKeyMenu");
        for (QAction* action : menu->actions()) {
            if (action->data().toInt() == key) action->trigger();
        }
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QString keyAt(int row) const { return tree_->topLevelItem(row)->text(kKeyColumn); }
    QString nameAt(int row) const { return tree_->topLevelItem(row)->text(1); }

    static constexpr int kKeyColumn = 2;
    QTreeWidget* tree_;
};

TEST_F(ClassesDockTest, AKeyStaysWithItsClassWhateverIsRemovedOrMoved) {
    click("AddClass");
    typeName(QStringLiteral("third"));
    EXPECT_EQ(keyAt(2), QStringLiteral("3"));
    session().removeClass(ClassId(session().classes().classes()[0].id));
    EXPECT_EQ(nameAt(1), QStringLiteral("third"));
    EXPECT_EQ(keyAt(1), QStringLiteral("3"));
    QTest::keyClick(&window_, Qt::Key_2);
    EXPECT_EQ(tree_->currentItem(), tree_->topLevelItem(0));
    QTest::keyClick(&window_, Qt::Key_3);
    EXPECT_EQ(tree_->currentItem(), tree_->topLevelItem(1));
    EXPECT_FALSE(child<QAction>("Class1")->isEnabled());
    click("AddClass");
    typeName(QStringLiteral("fourth"));
    EXPECT_EQ(keyAt(2), QStringLiteral("1")) << "the lowest that is free";
}

TEST_F(ClassesDockTest, AKeyIsChosenInTheList) {
    chooseKey(1, 'G');
    EXPECT_EQ(keyAt(1), QStringLiteral("G"));
    QTest::keyClick(&window_, Qt::Key_1);
    QTest::keyClick(&window_, Qt::Key_G);
    EXPECT_EQ(tree_->currentItem(), tree_->topLevelItem(1));
    chooseKey(1, '1');
    EXPECT_EQ(keyAt(1), QStringLiteral("1"));
    EXPECT_EQ(keyAt(0), QString()) << "the key was taken from it";
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(keyAt(0), QStringLiteral("1"));
    EXPECT_EQ(keyAt(1), QStringLiteral("G"));
    chooseKey(0, 0);
    EXPECT_EQ(keyAt(0), QString());
}

TEST_F(ClassesDockTest, ALetterThatIsTheKeyOfACommandStaysThat) {
    LabelClass entry = session().classes().classes()[1];
    entry.key = 'E';
    session().updateClass(entry);
    EXPECT_EQ(keyAt(1), QString());
    QTest::keyClick(&window_, Qt::Key_1);
    QTest::keyClick(&window_, Qt::Key_E);
    EXPECT_TRUE(child<QAction>("EraserTool")->isChecked());
    EXPECT_EQ(tree_->currentItem(), tree_->topLevelItem(0));
    emit tree_->itemDoubleClicked(tree_->topLevelItem(0), kKeyColumn);
    auto* menu = child<QMenu>("ClassKeyMenu");
    for (const QAction* action : menu->actions()) EXPECT_NE(action->data().toInt(), int{'E'});
    menu->close();
}

TEST_F(ClassesDockTest, ClassesAreMovedByKeysAndByDragging) {
    const QString first = nameAt(0), second = nameAt(1);
    QTest::keyClick(&window_, Qt::Key_1);
    EXPECT_FALSE(child<QAction>("MoveClassUp")->isEnabled());
    QTest::keyClick(&window_, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(nameAt(0), second);
    EXPECT_EQ(nameAt(1), first);
    EXPECT_EQ(tree_->currentItem(), tree_->topLevelItem(1)) << "it is still painted with";
    EXPECT_FALSE(child<QAction>("MoveClassDown")->isEnabled());
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(nameAt(0), first);

    tree_->setCurrentItem(tree_->topLevelItem(0));
    const QMimeData data;
    const QPointF below = tree_->visualItemRect(tree_->topLevelItem(1)).bottomLeft() + QPoint(4, -1);
    QDropEvent drop(below, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QObject* dock = child<QDockWidget>("ClassesDock");
    EXPECT_TRUE(dock->eventFilter(tree_->viewport(), &drop));
    QCoreApplication::processEvents();
    EXPECT_EQ(nameAt(1), first);
    EXPECT_EQ(tree_->topLevelItemCount(), 2);
}

TEST_F(ClassesDockTest, AddingSelectsTheClassAndAsksForItsName) {
    const int before = session().classes().size();
    click("AddClass");
    typeName(QStringLiteral("debris"));
    ASSERT_EQ(session().classes().size(), before + 1);
    EXPECT_EQ(session().classes().classes().back().name, "debris");
    EXPECT_EQ(tree_->topLevelItemCount(), before + 1);
    EXPECT_EQ(tree_->currentItem()->text(1), QStringLiteral("debris"));
}

TEST_F(ClassesDockTest, RenamingKeepsTheIdentity) {
    const ClassId id = session().classes().classes()[0].id;
    QTest::keyClick(&window_, Qt::Key_1);
    click("RenameClass");
    typeName(QStringLiteral("stroma"));
    EXPECT_EQ(session().classes().find(id)->name, "stroma");
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_NE(session().classes().find(id)->name, "stroma");
}

TEST_F(ClassesDockTest, AnEmptyNameChangesNothing) {
    const std::string before = session().classes().classes()[0].name;
    QTest::keyClick(&window_, Qt::Key_1);
    click("RenameClass");
    typeName(QStringLiteral("  "));
    EXPECT_EQ(session().classes().classes()[0].name, before);
    EXPECT_EQ(tree_->topLevelItem(0)->text(1).toStdString(), before);
}

TEST_F(ClassesDockTest, RecolouringGoesThroughTheDialog) {
    QTest::keyClick(&window_, Qt::Key_2);
    click("RecolourClass");
    auto* dialog = window_.findChild<QColorDialog*>(QStringLiteral("ColourDialog"));
    ASSERT_NE(dialog, nullptr);
    dialog->setCurrentColor(QColor(1, 2, 3));
    dialog->accept();
    EXPECT_EQ(session().classes().classes()[1].colour, (Colour{1, 2, 3}));
}

TEST_F(ClassesDockTest, AnEyeOrALockOfAnotherClassTakesNoClassUp) {
    QTest::keyClick(&window_, Qt::Key_1);
    const QTreeWidgetItem* current = tree_->currentItem();
    ASSERT_EQ(current, tree_->topLevelItem(0));
    for (const int column : {3, 4}) {
        clickCell(1, column);
        EXPECT_EQ(tree_->currentItem(), tree_->topLevelItem(0)) << column;
    }
    EXPECT_TRUE(session().classes().classes()[1].locked);
    EXPECT_FALSE(session().classes().classes()[1].visible);
}

TEST_F(ClassesDockTest, TheEyeHidesTheClass) {
    clickCell(0, 4);
    EXPECT_FALSE(session().classes().classes()[0].visible);
}

TEST_F(ClassesDockTest, TheLockKeepsTheClassFromBeingPaintedOver) {
    QTest::keyClick(&window_, Qt::Key_1);
    drag({20, 20}, {60, 20});
    clickCell(0, 3);
    EXPECT_TRUE(session().classes().classes()[0].locked);
    QTest::keyClick(&window_, Qt::Key_2);
    drag({40, 20}, {80, 20});
    EXPECT_EQ(session().labels().at(40, 20), session().classes().classes()[0].value);
    EXPECT_EQ(session().labels().at(78, 20), session().classes().classes()[1].value);
    clickCell(0, 3);
    EXPECT_FALSE(session().classes().classes()[0].locked);
}

TEST_F(ClassesDockTest, RemovingTakesTheLabelsAlongAndUndoBringsThemBack) {
    QTest::keyClick(&window_, Qt::Key_2);
    drag({20, 20}, {60, 20});
    const uint8_t value = session().classes().classes()[1].value;
    ASSERT_EQ(session().labels().at(40, 20), value);
    click("RemoveClass");
    ASSERT_NE(session().classes().findValue(value), nullptr) << "labels go only when asked for";
    confirm();
    EXPECT_EQ(session().classes().findValue(value), nullptr);
    EXPECT_EQ(session().labels().at(40, 20), kUnlabelled);
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(session().labels().at(40, 20), value);
}

TEST_F(ClassesDockTest, TheLabelsOfARemovedClassMayBecomeThoseOfAnother) {
    QTest::keyClick(&window_, Qt::Key_2);
    drag({20, 20}, {60, 20});
    click("RemoveClass");
    child<QComboBox>("ClassHeir")->setCurrentIndex(1);
    confirm();
    EXPECT_EQ(session().classes().size(), 1);
    EXPECT_EQ(session().labels().at(40, 20), session().classes().classes()[0].value);
}

TEST_F(ClassesDockTest, TypingANameDoesNotTriggerTheWindowsKeys) {
    QTest::keyClick(&window_, Qt::Key_1);
    click("RenameClass");
    typeName(QStringLiteral("bead2vx"));
    EXPECT_EQ(session().classes().classes()[0].name, "bead2vx");
}

}  // namespace
}  // namespace finebrush
