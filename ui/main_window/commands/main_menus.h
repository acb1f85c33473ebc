#pragma once

#include <QList>
#include <QMenu>
#include <QObject>

#include <functional>

class QMainWindow;

namespace finebrush {

class MainActions;
class Preferences;

/// The menu bar.
class MainMenus : public QObject {
    Q_OBJECT

  public:
    MainMenus(QMainWindow& window, const MainActions& actions, const Preferences& preferences);

    void retranslate();
    /// Adds a dock's own "show" action to the View menu.
    void addToView(QAction* action) { panels_->addAction(action); }
    /// What is shown side by side, and where.
    QMenu& linkedViews() const { return *linked_; }

  signals:
    void recentProjectChosen(const QString& path);

  private:
    void fillRecent();

    const Preferences& preferences_;
    QMenu* file_;
    QMenu* recent_;
    QMenu* import_;
    QMenu* export_;
    QMenu* edit_;
    QMenu* classes_;
    QMenu* tools_;
    QMenu* view_;
    QMenu* zoom_;
    QMenu* linked_;
    QMenu* slices_;
    QMenu* panels_;
    QMenu* adapt_;
    QMenu* help_;
};

}  // namespace finebrush
