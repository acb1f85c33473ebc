#pragma once

#include "core/labels/class_table.h"
#include "core/labels/region_edits.h"

#include <QObject>

class QWidget;

namespace finebrush {

enum class Command;
class MainActions;
class Preferences;
class SessionBridge;
class ToolBox;

/// Joins the actions of the tools, of what they may paint on, and of the shape of the current class to the
/// tool box and the session.
class EditingActions : public QObject {
    Q_OBJECT

  public:
    EditingActions(const MainActions& actions, SessionBridge& bridge, ToolBox& toolBox,
                   Preferences& preferences, QWidget& window);

  private:
    void connectTools();
    void connectModes();
    void connectClassEdits();
    void connectPropagation();
    void follow();
    void followTool();
    /// Where no values were chosen yet, begins with those that the image shows.
    void paintOnlyValues(bool only);
    /// Mends the shape of the current class.
    void reshape(const ClassShape& shape);
    /// Joins a checkable action to a mark of the current class.
    void joinMark(Command command, bool LabelClass::*mark, bool whenChecked);
    void askForIslands();

    const MainActions& actions_;
    SessionBridge& bridge_;
    ToolBox& toolBox_;
    Preferences& preferences_;
    QWidget& window_;
};

}  // namespace finebrush
