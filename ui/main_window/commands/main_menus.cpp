#include "ui/main_window/commands/main_menus.h"

#include "ui/main_window/commands/main_actions.h"
#include "ui/settings/preferences.h"

#include <QFileInfo>
#include <QMainWindow>
#include <QMenuBar>

#include <optional>

namespace finebrush {

MainMenus::MainMenus(QMainWindow& window, const MainActions& actions, const Preferences& preferences)
    : QObject(&window), preferences_(preferences) {
    const auto addMenu = [&](Menu menu, std::optional<Menu> above, const char* name) {
        QMenu* added = above ? (*this)[*above].addMenu(QString()) : window.menuBar()->addMenu(QString());
        added->setObjectName(QLatin1String(name));
        added->setToolTipsVisible(true);
        menus_[menu] = added;
    };
    const auto addCommand = [&](Menu menu, Command command) { (*this)[menu].addAction(&actions[command]); };
#define FINEBRUSH_MENU(menu, above, name, title) addMenu(Menu::menu, above, name);
#define FINEBRUSH_COMMAND(command, name, menu, ...) addCommand(Menu::menu, Command::command);
#define FINEBRUSH_ALSO(command, menu) addCommand(Menu::menu, Command::command);
#define FINEBRUSH_SEPARATOR(menu) (*this)[Menu::menu].addSeparator();
#include "ui/keys/commands.def"
    connect(&preferences_, &Preferences::recentProjectsChanged, this, &MainMenus::fillRecent);
    fillRecent();
    retranslate();
}

void MainMenus::fillRecent() {
    QMenu& recent = (*this)[Menu::Recent];
    recent.clear();
    for (const QString& path : preferences_.recentProjects()) {
        QAction* action = recent.addAction(QFileInfo(path).completeBaseName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { emit recentProjectChosen(path); });
    }
    recent.setEnabled(!recent.isEmpty());
}

void MainMenus::retranslate() {
#define FINEBRUSH_MENU(menu, above, name, title) (*this)[Menu::menu].setTitle(tr(title));
#include "ui/keys/commands.def"
}

}  // namespace finebrush
