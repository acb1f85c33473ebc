#include "ui/dialogs/command_palette.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

constexpr int kPatience = 5000;

class CommandPaletteTest : public ::testing::Test {
  protected:
    CommandPaletteTest() {
        undo_.setShortcuts({QKeySequence("Ctrl+Z")});
        undo_.setToolTip("Undo (Ctrl+Z)");
        stop_.setToolTip("Stop the adaptation");
        stop_.setEnabled(false);
        save_.setToolTip("Save the project");
        palette_ = new CommandPalette({&undo_, &stop_, &save_});
        palette_->show();
    }
    ~CommandPaletteTest() override { delete palette_; }

    QTreeWidget& list() { return *palette_->findChild<QTreeWidget*>("CommandList"); }
    QLineEdit& words() { return *palette_->findChild<QLineEdit*>("CommandWords"); }
    std::vector<std::string> shown() {
        std::vector<std::string> names;
        for (int row = 0; row < list().topLevelItemCount(); ++row) {
            const QTreeWidgetItem* item = list().topLevelItem(row);
            if (!item->isHidden()) names.push_back(item->text(0).toStdString());
        }
        return names;
    }

    QAction undo_{"&Undo"};
    QAction stop_{"&Stop"};
    QAction save_{"&Save"};
    QPointer<CommandPalette> palette_;
};

TEST_F(CommandPaletteTest, ListsEachCommandWithItsKeys) {
    EXPECT_THAT(shown(), ElementsAre("Undo", "Stop", "Save"));
    EXPECT_EQ(list().topLevelItem(0)->text(1), QString()) << "the name says it all";
    EXPECT_EQ(list().topLevelItem(1)->text(1), QStringLiteral("Stop the adaptation"));
    EXPECT_EQ(list().topLevelItem(0)->text(2), QStringLiteral("Ctrl+Z"));
}

TEST_F(CommandPaletteTest, TypedWordsLeaveWhatHoldsAllOfThem) {
    QTest::keyClicks(&words(), "PROJ sav");
    EXPECT_THAT(shown(), ElementsAre("Save"));
    EXPECT_EQ(list().currentItem()->text(0), QStringLiteral("Save"));
}

TEST_F(CommandPaletteTest, SaysThroughWhichMenusACommandIsReached) {
    QMenuBar bar;
    QMenu* file = bar.addMenu(QStringLiteral("파일(&F)"));
    QMenu* more = file->addMenu(QStringLiteral("&More"));
    QMenu beside;  // of a button: it is no way through the menus
    beside.addAction(&save_);
    more->addAction(&save_);
    auto* palette = new CommandPalette({&save_});
    const auto* commands = palette->findChild<QTreeWidget*>(QStringLiteral("CommandList"));
    EXPECT_EQ(commands->topLevelItem(0)->text(0), QStringLiteral("파일 ▸ More ▸ Save"));
    delete palette;
}

TEST_F(CommandPaletteTest, SaysWhereThereIsNone) {
    const auto* nothing = palette_->findChild<QLabel*>(QStringLiteral("NothingFound"));
    EXPECT_FALSE(nothing->isVisible());
    QTest::keyClicks(&words(), "brew");
    EXPECT_TRUE(nothing->isVisible());
    EXPECT_FALSE(list().isVisible());
    EXPECT_TRUE(nothing->text().contains(QStringLiteral("brew")));
    words().clear();
    EXPECT_FALSE(nothing->isVisible());
}

TEST_F(CommandPaletteTest, ReturnDoesTheChosenCommandAndCloses) {
    QSignalSpy saved(&save_, &QAction::triggered);
    QTest::keyClick(&words(), Qt::Key_Down);
    QTest::keyClick(&words(), Qt::Key_Return);
    EXPECT_TRUE(saved.wait(kPatience));
    EXPECT_TRUE(QTest::qWaitFor([this] { return palette_.isNull(); }, kPatience));
}

TEST_F(CommandPaletteTest, WhatCannotBeDoneNowIsNotDone) {
    QSignalSpy stopped(&stop_, &QAction::triggered);
    QTest::keyClicks(&words(), "stop");
    QTest::keyClick(&words(), Qt::Key_Return);
    EXPECT_TRUE(palette_->isVisible());
    EXPECT_EQ(stopped.count(), 0);
}

}  // namespace
}  // namespace finebrush
