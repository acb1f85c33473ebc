#include "ui/keys/keys_dialog.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/keys/key_map_file.h"

#include <QAction>
#include <QCheckBox>
#include <QFileDialog>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QTreeWidget>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using testing::WindowFixture;

class KeysDialogTest : public WindowFixture {
  protected:
    KeysDialogTest() {
        window_.start({});
        child<QAction>("EditKeys")->trigger();
        dialog_ = child<KeysDialog>("KeysDialog");
        EXPECT_TRUE(QTest::qWaitForWindowActive(dialog_));
    }
    ~KeysDialogTest() override {
        for (const char* profile : {"finebrush", "qgis"})
            preferences_.setKeyEdits(QLatin1String(profile), {});
        preferences_.setKeyProfile(KeyProfile::Finebrush);
    }

    QTreeWidgetItem& row(Command command) {
        return *child<QTreeWidget>("KeyList")->topLevelItem(static_cast<int>(command));
    }
    std::string keysOf(Command command) { return row(command).text(2).toStdString(); }
    void choose(Command command) { child<QTreeWidget>("KeyList")->setCurrentItem(&row(command)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(child<QKeySequenceEdit>("KeyField"), key, modifiers);
    }
    /// A key on the window behind the dialog.
    void pressBehind(Qt::Key key) {
        window_.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
        QTest::keyClick(&window_, key);
    }
    void click(const char* button) { QTest::mouseClick(child<QPushButton>(button), Qt::LeftButton); }
    std::string message() { return child<QLabel>("KeyMessage")->text().toStdString(); }
    bool asks() { return child<QPushButton>("TakeKey")->isVisible(); }
    bool isOn(const char* action) { return child<QAction>(action)->isChecked(); }

    KeysDialog* dialog_ = nullptr;
};

TEST_F(KeysDialogTest, ListsEachCommandWithItsGroupItsKeysAndThoseOfTheProfile) {
    EXPECT_EQ(child<QTreeWidget>("KeyList")->topLevelItemCount(), static_cast<int>(kCommandCount));
    EXPECT_THAT(row(Command::Brush).text(0).toStdString(), StartsWith("Paint"));
    EXPECT_EQ(row(Command::Brush).text(1), QStringLiteral("Tools"));
    EXPECT_EQ(row(Command::Class3).text(1), QStringLiteral("Edit"));
    EXPECT_EQ(keysOf(Command::Redo), "Ctrl+Y, Ctrl+Shift+Z");
    EXPECT_EQ(row(Command::Redo).text(3), row(Command::Redo).text(2));
    for (size_t i = 0; i < kCommandCount; ++i) {
        EXPECT_FALSE(row(static_cast<Command>(i)).text(1).isEmpty()) << nameOf(static_cast<Command>(i));
    }
}

TEST_F(KeysDialogTest, TheMenusHaveTheLettersThatCommandsCannotTake) {
    for (const QAction* menu : window_.menuBar()->actions()) {
        const QKeySequence letter = QKeySequence::mnemonic(menu->text());
        EXPECT_FALSE(useBesideCommands(letter, Command::Brush).isEmpty()) << letter.toString().toStdString();
    }
}

TEST_F(KeysDialogTest, AFreeKeyWorksAtOnceAndIsNamedEverywhere) {
    choose(Command::Fill);
    press(Qt::Key_G);
    EXPECT_EQ(keysOf(Command::Fill), "G");
    EXPECT_EQ(row(Command::Fill).text(3), QStringLiteral("F"));
    EXPECT_TRUE(row(Command::Fill).font(2).bold());
    EXPECT_THAT(child<QAction>("FillTool")->toolTip().toStdString(), HasSubstr("(G)"));
    pressBehind(Qt::Key_F);
    EXPECT_FALSE(isOn("FillTool"));
    pressBehind(Qt::Key_G);
    EXPECT_TRUE(isOn("FillTool"));
    choose(Command::Adapt);
    press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(keysOf(Command::Adapt), "Ctrl+Shift+Y");
    EXPECT_THAT(child<QPushButton>("Adapt")->toolTip().toStdString(), HasSubstr("(Ctrl+Shift+Y)"));
    EXPECT_EQ(storedKeyMap(Preferences()).keys(Command::Adapt), QList{QKeySequence("Ctrl+Shift+Y")});
}

TEST_F(KeysDialogTest, AKeyOfAnotherCommandIsTakenOnlyAfterAsking) {
    choose(Command::Fill);
    press(Qt::Key_B);
    EXPECT_TRUE(asks());
    EXPECT_THAT(message(), HasSubstr("B belongs to “Paint"));
    EXPECT_EQ(keysOf(Command::Fill), "F");
    click("LeaveKey");
    EXPECT_FALSE(asks());
    EXPECT_EQ(keysOf(Command::Fill), "F");
    EXPECT_EQ(keysOf(Command::Brush), "B");

    press(Qt::Key_B);
    click("TakeKey");
    EXPECT_FALSE(asks());
    EXPECT_EQ(keysOf(Command::Fill), "B");
    EXPECT_EQ(keysOf(Command::Brush), "");
    pressBehind(Qt::Key_B);
    EXPECT_TRUE(isOn("FillTool"));

    choose(Command::Brush);
    click("ResetKeys");
    EXPECT_TRUE(asks()) << "the key is the other command's now";
    click("TakeKey");
    EXPECT_EQ(keysOf(Command::Brush), "B");
    EXPECT_EQ(keysOf(Command::Fill), "");
}

TEST_F(KeysDialogTest, EscapeDropsTheQuestionAndThenCloses) {
    choose(Command::Fill);
    press(Qt::Key_B);
    ASSERT_TRUE(asks());
    QTest::keyClick(dialog_->focusWidget(), Qt::Key_Escape);
    EXPECT_FALSE(asks());
    EXPECT_TRUE(dialog_->isVisible());
    QTest::keyClick(dialog_->focusWidget(), Qt::Key_Escape);
    EXPECT_FALSE(dialog_->isVisible());
}

TEST_F(KeysDialogTest, WhatTheCanvasDoesItselfIsNotForCommands) {
    choose(Command::Fill);
    const std::pair<Qt::Key, const char*> kHeld[] = {{Qt::Key_Space, "moves the image"},
                                                     {Qt::Key_Backspace, "last corner"},
                                                     {Qt::Key_Return, "completes"}};
    for (const auto& [key, use] : kHeld) {
        press(key);
        EXPECT_THAT(message(), HasSubstr(use));
        EXPECT_FALSE(asks());
        EXPECT_EQ(keysOf(Command::Fill), "F");
    }
    press(Qt::Key_F, Qt::AltModifier);
    EXPECT_THAT(message(), HasSubstr("opens a menu"));
    press(Qt::Key_Left, Qt::ControlModifier);
    EXPECT_THAT(message(), HasSubstr("moves the pointer"));
    choose(Command::Accept);
    press(Qt::Key_Return);
    EXPECT_EQ(keysOf(Command::Accept), "Return");
}

TEST_F(KeysDialogTest, OtherKeysStayWhereThePersonWantsIt) {
    choose(Command::Fill);
    child<QCheckBox>("KeepsOtherKeys")->setChecked(true);
    press(Qt::Key_G);
    EXPECT_EQ(keysOf(Command::Fill), "F, G");
    click("ClearKeys");
    EXPECT_EQ(keysOf(Command::Fill), "");
    click("ResetKeys");
    EXPECT_EQ(keysOf(Command::Fill), "F");
    EXPECT_FALSE(child<QPushButton>("ResetKeys")->isEnabled());
}

TEST_F(KeysDialogTest, EveryProfileKeepsItsOwn) {
    choose(Command::Fill);
    press(Qt::Key_G);
    preferences_.setKeyProfile(KeyProfile::Qgis);
    EXPECT_EQ(keysOf(Command::Fill), "F");
    EXPECT_EQ(row(Command::OpenProject).text(3), QStringLiteral("Ctrl+O"));
    preferences_.setKeyProfile(KeyProfile::Finebrush);
    EXPECT_EQ(keysOf(Command::Fill), "G");
    click("ResetAllKeys");
    EXPECT_EQ(keysOf(Command::Fill), "G") << "asks first";
    click("TakeKey");
    EXPECT_EQ(keysOf(Command::Fill), "F");
    EXPECT_FALSE(child<QPushButton>("ResetAllKeys")->isEnabled());
}

TEST_F(KeysDialogTest, WordsFindNamesGroupsAndKeys) {
    const auto shown = [this] {
        int count = 0;
        for (size_t i = 0; i < kCommandCount; ++i) count += !row(static_cast<Command>(i)).isHidden();
        return count;
    };
    auto* words = child<QLineEdit>("KeyWords");
    QTest::keyClicks(words, "FILL holes");
    EXPECT_EQ(shown(), 1);
    QTest::keyClick(words, Qt::Key_Return);
    QTest::keyClick(dialog_->focusWidget(), Qt::Key_J);
    EXPECT_EQ(keysOf(Command::FillHoles), "J");
    words->setText(QStringLiteral("ctrl+shift+i"));
    EXPECT_EQ(shown(), 1);
    EXPECT_FALSE(row(Command::RemoveIslands).isHidden());
}

TEST_F(KeysDialogTest, ThePreferencesLeadHere) {
    dialog_->close();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !window_.findChild<KeysDialog*>(); }, kPatience));
    child<QAction>("Preferences")->trigger();
    click("EditKeysButton");
    EXPECT_TRUE(child<KeysDialog>("KeysDialog")->isVisible());
}

TEST_F(KeysDialogTest, AFileCarriesTheKeysAndABadOneIsNamed) {
    choose(Command::Fill);
    press(Qt::Key_G);
    const QString path = folder_.filePath(QStringLiteral("mine.json"));
    click("ExportKeys");
    emit child<QFileDialog>("ExportKeysDialog")->fileSelected(path);
    ASSERT_TRUE(QTest::qWaitFor([&] { return readKeyMapFile(path).has_value(); }, kPatience));
    preferences_.setKeyEdits(QStringLiteral("finebrush"), {});
    preferences_.setKeyProfile(KeyProfile::Qgis);
    ASSERT_EQ(keysOf(Command::Fill), "F");
    click("ImportKeys");
    emit child<QFileDialog>("ImportKeysDialog")->fileSelected(path);
    EXPECT_TRUE(QTest::qWaitFor([&] { return keysOf(Command::Fill) == "G"; }, kPatience));
    EXPECT_EQ(preferences_.keyProfile(), KeyProfile::Finebrush);

    QFile bad(folder_.filePath(QStringLiteral("bad.json")));
    ASSERT_TRUE(bad.open(QIODevice::WriteOnly));
    bad.write("{");
    bad.close();
    emit child<QFileDialog>("ImportKeysDialog")->fileSelected(bad.fileName());
    EXPECT_TRUE(QTest::qWaitFor([&] { return message().find("bad.json") != std::string::npos; }, kPatience));
    EXPECT_EQ(keysOf(Command::Fill), "G");
}

TEST_F(KeysDialogTest, TheEditedKeyOfTheButtonPaintsWhileItIsHeld) {
    EXPECT_EQ(keysOf(Command::PressTool), "Ins");
    EXPECT_EQ(keysOf(Command::PressRight), "Shift+Ins");
    choose(Command::PressTool);
    press(Qt::Key_J);
    dialog_->close();
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    pressBehind(Qt::Key_B);
    canvas().setFocus();
    EXPECT_EQ(canvas().accessibleDescription().toStdString(),
              "Arrows move the view, Ctrl and arrows the pointer; J presses the tool");
    QTest::keyClick(&canvas(), Qt::Key_Insert);
    EXPECT_FALSE(session().canUndo());
    QTest::keyPress(&canvas(), Qt::Key_J);
    QTest::keyClick(&canvas(), Qt::Key_Right);
    EXPECT_FALSE(session().canUndo()) << "it is not let go yet";
    QTest::keyRelease(&canvas(), Qt::Key_J);
    EXPECT_TRUE(session().canUndo());
    session().undo();
    ASSERT_FALSE(session().canUndo());
    child<QAction>("PressTool")->trigger();
    EXPECT_TRUE(session().canUndo()) << "a click from the menu";
}

/// Whoever has given undo another key takes back a corner with it.
TEST_F(KeysDialogTest, TheEditedUndoKeyTakesACornerBack) {
    choose(Command::Undo);
    press(Qt::Key_Z);
    dialog_->close();
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    drag({10, 5}, {20, 5});
    ASSERT_TRUE(session().canUndo());
    pressBehind(Qt::Key_P);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, viewAt({10, 10}));
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Z);
    EXPECT_TRUE(session().canUndo()) << "the stroke is not what was meant";
    QTest::keyClick(&canvas(), Qt::Key_Z);
    EXPECT_FALSE(session().canUndo());
}

}  // namespace
}  // namespace finebrush
