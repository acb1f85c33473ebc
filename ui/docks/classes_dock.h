#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

class QMenu;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace finebrush {

class SessionBridge;
class ToolBox;

/// The classes: their colours, names, keys, locks and visibility. The selected one is painted with.
class ClassesDock : public Dock {
    Q_OBJECT

  public:
    ClassesDock(SessionBridge& bridge, ToolBox& toolBox, QWidget* parent = nullptr);

    void addClass();
    void renameCurrent();
    /// Moves the current class by a number of places in the list.
    void moveCurrent(int step);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void retranslate() override;

  private:
    enum Column { ColourColumn, NameColumn, KeyColumn, LockColumn, VisibleColumn, kColumnCount };

    void rebuild();
    void fill(QTreeWidgetItem& item, const LabelClass& entry);
    /// The key of a class as it is to be pressed; empty where it has none or a command has it.
    QString keysOf(char key) const;
    const LabelClass* selectedClass() const;
    void selectCurrent();
    void rename(QTreeWidgetItem* item, int column);
    void activateCell(QTreeWidgetItem* item, int column);
    /// False where the column holds no eye and no lock.
    bool toggleCell(const LabelClass& entry, int column);
    void chooseColour();
    void removeSelected();
    void showMenu(const QPoint& place);
    /// Offers the keys that the class may have.
    QMenu* makeKeyMenu(const LabelClass& entry);
    void moveTo(QPoint place);

    SessionBridge& bridge_;
    ToolBox& toolBox_;
    QTreeWidget* tree_;
    QToolButton* add_;
    QToolButton* rename_;
    QToolButton* recolour_;
    QToolButton* remove_;
};

}  // namespace finebrush
