#include "ui/docks/classes_dock.h"

#include "tests/ui/support/window_fixture.h"

#include <QColorDialog>
#include <QComboBox>
#include <QLineEdit>
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

    QTreeWidget* tree_;
};

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
