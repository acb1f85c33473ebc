#pragma once

#include "ui/keys/command.h"

#include <QMenu>
#include <QObject>

#include <map>

class QMainWindow;

namespace finebrush {

class MainActions;
class Preferences;

/// The menu bar.
class MainMenus : public QObject {
    Q_OBJECT

  public:
    MainMenus(QMainWindow& window, const MainActions& actions, const Preferences& preferences);

    QMenu& operator[](Menu menu) const { return *menus_.at(menu); }
    void retranslate();

  signals:
    void recentProjectChosen(const QString& path);

  private:
    void fillRecent();

    const Preferences& preferences_;
    std::map<Menu, QMenu*> menus_;
};

}  // namespace finebrush
