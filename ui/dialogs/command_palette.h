#pragma once

#include <QAction>
#include <QDialog>
#include <QList>
#include <QPointer>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace finebrush {

/// Finds what the window can do by its name: every command as the menus lead to it, with its keys; Return
/// does the chosen one. Does not block.
class CommandPalette : public QDialog {
    Q_OBJECT

  public:
    explicit CommandPalette(const QList<QAction*>& actions, QWidget* parent = nullptr);

  protected:
    /// The arrows move the choice while the words are typed.
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    /// Shows the commands that hold each of the words and chooses the first.
    void filter(const QString& words);
    void choose(QTreeWidgetItem* item);
    QAction* actionOf(const QTreeWidgetItem* item) const;

    QList<QPointer<QAction>> actions_;
    QLineEdit* words_;
    QTreeWidget* list_;
    QLabel* nothing_;  ///< in its place where no command fits
};

}  // namespace finebrush
