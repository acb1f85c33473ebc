#pragma once

#include "ui/keys/key_map.h"

#include <QDialog>

#include <functional>
#include <optional>

class QCheckBox;
class QDialogButtonBox;
class QFileDialog;
class QLabel;
class QLineEdit;
class QMenuBar;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace finebrush {

class KeyField;
class MainActions;

/// All commands with their keys, and the place to change them. Every change works at once and is kept for the
/// profile; a key that another command has is taken from it only after asking. Does not block.
class KeysDialog : public QDialog {
    Q_OBJECT

  public:
    /// The menus name the groups of the commands. All must outlive the dialog.
    KeysDialog(const MainActions& actions, const QMenuBar& menus, Preferences& preferences,
               QWidget* parent = nullptr);

    /// Escape drops the question that is open, then closes.
    void reject() override;

  protected:
    /// The arrows move through the list while words are typed.
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    enum Column { NameColumn, GroupColumn, KeysColumn, ProfileColumn, kColumnCount };

    void build();
    void connectControls();
    void retranslate();
    void refresh();
    void filter();
    void showCurrent();
    std::optional<Command> current() const;
    QString nameOfCommand(Command command) const;

    void press(const QKeySequence& key);
    /// Gives keys to a command, or asks where others have them.
    void propose(Command command, const QList<QKeySequence>& keys);
    void give(Command command, const QList<QKeySequence>& keys);
    /// Says what stands in the way, and goes on when the person wants it.
    void ask(const QString& text, const QString& answer, std::function<void()> goOn);
    void dropQuestion();
    QFileDialog* makeFileDialog(const char* objectName, const QString& title);
    void askForFileToRead();
    void askForFileToWrite();
    void take(const KeyMap& map);
    void say(const QString& text);

    const MainActions& actions_;
    const QMenuBar& menus_;
    Preferences& preferences_;
    std::function<void()> goOn_;  ///< what the open question is about; empty: there is none
    QLineEdit* words_;
    QTreeWidget* list_;
    QLabel* onImage_;
    QLabel* fieldName_;
    KeyField* field_;
    QCheckBox* keepsOthers_;
    QPushButton* clear_;
    QPushButton* reset_;
    QLabel* message_;
    QPushButton* answer_;
    QPushButton* leave_;
    QPushButton* resetAll_;
    QPushButton* import_;
    QPushButton* export_;
    QDialogButtonBox* buttons_;
};

}  // namespace finebrush
