#include "ui/bridge/read_only.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/keys/command.h"
#include "ui/keys/key_text.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::WindowFixture;

/// A window on a project that another one has open.
class ReadOnlyTest : public WindowFixture {
  protected:
    void openInBoth() {
        const std::filesystem::path path = toPath(folder_.filePath(QStringLiteral("study.finebrush")));
        Session& other = other_.session();
        other.addImages({toPath(makeImage(QStringLiteral("cells.png"), {120, 90}))});
        ASSERT_TRUE(QTest::qWaitFor([&] { return other.shownImage() != nullptr; }, kPatience));
        other.saveProjectAs(path);
        ASSERT_TRUE(QTest::qWaitFor([&] { return other.projectPath() == path; }, kPatience));
        openAndWait({toQString(path)});
        ASSERT_TRUE(session().isReadOnly());
    }
    QAction& action(Command command) const { return *child<QAction>(nameOf(command)); }

    testing::FakeEngine otherEngine_;
    SessionBridge other_{otherEngine_.launcher(),
                         toPath(folder_.filePath(QStringLiteral("recovery of the other")))};
};

constexpr Command kChanging[] = {Command::Brush,      Command::Fill,         Command::Sam,
                                 Command::OpenImages, Command::AddClass,     Command::FillHoles,
                                 Command::LockClass,  Command::ImportLabels, Command::Adapt,
                                 Command::MarkDone,   Command::MarkToCheck};
// Of the edits that a picture has none of, those of slices.
constexpr Command kChangingSlices[] = {Command::Interpolate, Command::TakeCrossLabels};

TEST_F(ReadOnlyTest, WhatWouldChangeTheProjectIsTakenAwayAndSaysWhy) {
    openInBoth();
    const std::string reason = readOnlyReason().toStdString();
    for (const Command command : kChanging) {
        EXPECT_FALSE(action(command).isEnabled()) << nameOf(command);
        EXPECT_THAT(action(command).toolTip().toStdString(), HasSubstr(reason)) << nameOf(command);
        EXPECT_THAT(commandName(action(command)).toStdString(), Not(HasSubstr(reason))) << nameOf(command);
    }
    for (const Command command : kChangingSlices)
        EXPECT_THAT(action(command).toolTip().toStdString(), HasSubstr(reason)) << nameOf(command);
    EXPECT_TRUE(action(Command::Pan).isChecked()) << "no tool that paints is in hand";
    EXPECT_FALSE(child<QToolButton>("RemoveImage")->isEnabled());
    EXPECT_THAT(child<QToolButton>("RemoveImage")->toolTip().toStdString(), HasSubstr(reason));
    EXPECT_FALSE(child<QPushButton>("Adapt")->isEnabled());
    EXPECT_EQ(child<QLabel>("StatusSaved")->toolTip(), readOnlyReason());
    for (const Command command :
         {Command::Pan, Command::Pick, Command::Measure, Command::HideClass, Command::ZoomIn, Command::SaveAs,
          Command::ExportMasks, Command::OpenProject})
        EXPECT_TRUE(action(command).isEnabled()) << nameOf(command);
}

TEST_F(ReadOnlyTest, ACopyUnderAnotherNameCanBeChanged) {
    openInBoth();
    session().saveProjectAs(toPath(folder_.filePath(QStringLiteral("own.finebrush"))));
    ASSERT_TRUE(QTest::qWaitFor([this] { return action(Command::Brush).isEnabled(); }, kPatience));
    const std::string reason = readOnlyReason().toStdString();
    for (const Command command : kChanging) {
        EXPECT_TRUE(action(command).isEnabled()) << nameOf(command);
        EXPECT_THAT(action(command).toolTip().toStdString(), Not(HasSubstr(reason))) << nameOf(command);
    }
    EXPECT_TRUE(action(Command::Brush).isChecked()) << "the tool of before";
    EXPECT_FALSE(action(Command::Undo).isEnabled()) << "there is nothing to undo";
    EXPECT_TRUE(child<QToolButton>("RemoveImage")->isEnabled());
    drag({20, 20}, {60, 20});
    EXPECT_TRUE(action(Command::Undo).isEnabled());
}

}  // namespace
}  // namespace finebrush
