#include "ui/main_window/commands/main_menus.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/settings/language.h"

#include <QAction>
#include <QMenuBar>

#include <algorithm>
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

    /// The letter that chooses an entry, in capitals; null where it has none.
    static QChar letterOf(const QString& text) {
        const qsizetype mark = text.indexOf(u'&');
        return mark < 0 ? QChar() : text[mark + 1].toUpper();
    }

    /// Expects that no two entries of a menu have the same letter, and that one without has none left to
    /// take.
    static void expectLetters(const QWidget& menu, bool takesAll) {
        std::map<QChar, QString> chosen;
        const QList<QAction*> actions = menu.actions();
        for (const QAction* action : actions) {
            const QChar letter = letterOf(action->text());
            if (letter.isNull()) continue;
            const auto [other, isNew] = chosen.emplace(letter, action->text());
            EXPECT_TRUE(isNew) << menu.objectName().toStdString() << ": “" << other->second.toStdString()
                               << "” and “" << action->text().toStdString() << "”";
        }
        for (const QAction* action : actions) {
            if (!takesAll || action->isSeparator() || !letterOf(action->text()).isNull()) continue;
            const QString letters = action->text().toUpper();
            EXPECT_TRUE(std::ranges::all_of(
                letters, [&](QChar letter) { return !letter.isLetter() || chosen.contains(letter); }))
                << menu.objectName().toStdString() << ": “" << action->text().toStdString() << "”";
        }
    }
    void expectLettersOfAllMenus(bool takesAll) const {
        expectLetters(*window_.menuBar(), takesAll);
        for (const QMenu* menu : window_.menuBar()->findChildren<QMenu*>()) {
            // What is called by a name has no letter: a class, a project, a panel.
            const bool isOfNames = menu->objectName() == QStringLiteral("ClassesMenu") ||
                                   menu->objectName() == QStringLiteral("RecentMenu") ||
                                   menu->objectName() == QStringLiteral("PanelsMenu");
            expectLetters(*menu, takesAll && !isOfNames);
        }
    }

    LanguageSwitch language_;
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

TEST_F(MainMenusTest, EachEntryHasALetterOfItsOwnWhereLettersSuffice) {
    expectLettersOfAllMenus(true);
    language_.apply(LanguageChoice::Korean);
    QCoreApplication::processEvents();
    ASSERT_EQ(letterOf(child<QMenu>("FileMenu")->title()), u'F');
    expectLettersOfAllMenus(false);
}

}  // namespace
}  // namespace finebrush
