#include "ui/main_window/commands/main_menus.h"

#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QMenuBar>

#include <map>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

class MainMenusTest : public testing::WindowFixture {
  protected:
    /// The object names of the menus that an action is found in from the menu bar on.
    std::multimap<const QAction*, std::string> places() const {
        std::multimap<const QAction*, std::string> found;
        for (const QMenu* menu : window_.menuBar()->findChildren<QMenu*>()) {
            for (const QAction* action : menu->actions())
                found.emplace(action, menu->objectName().toStdString());
        }
        return found;
    }
    std::vector<std::string> namesIn(const char* menu) const {
        std::vector<std::string> names;
        for (const QAction* action : child<QMenu>(menu)->actions()) {
            names.push_back(action->menu()          ? action->menu()->objectName().toStdString()
                            : action->isSeparator() ? "-"
                                                    : action->objectName().toStdString());
        }
        return names;
    }
};

TEST_F(MainMenusTest, EachCommandIsInOneMenuButForTwoThatAreInTwo) {
    const auto found = places();
    for (const Command command : kAllCommands) {
        const bool isInTwo = command == Command::EditKeys || command == Command::SideBySide;
        EXPECT_EQ(found.count(child<QAction>(nameOf(command))), isInTwo ? 2U : 1U) << nameOf(command);
    }
}

TEST_F(MainMenusTest, MenusAndWhatIsInThemKeepTheOrderOfTheTable) {
    QStringList titles;
    for (const QAction* action : window_.menuBar()->actions()) titles << action->menu()->objectName();
    EXPECT_EQ(titles.join(u' '), QStringLiteral("FileMenu EditMenu ToolsMenu ViewMenu AdaptMenu HelpMenu"));
    EXPECT_THAT(namesIn("FileMenu"), IsSupersetOf({"RecentMenu", "ImportMenu", "ExportMenu"}));
    EXPECT_THAT(namesIn("ImportMenu"), ElementsAre("ImportLabels", "ImportClasses", "ImportAdapter"));
    EXPECT_THAT(namesIn("HelpMenu"), ElementsAre("FirstSteps", "FindCommand", "EditKeys", "-", "About"));
}

}  // namespace
}  // namespace finebrush
