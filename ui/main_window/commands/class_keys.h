#pragma once

#include <QObject>

#include <map>

class QAction;
class QWidget;

namespace finebrush {

class MainActions;
class SessionBridge;
class ToolBox;

/// Takes classes up by their keys: digits by the commands of the key map, letters by actions of their own. A
/// letter that is the key of a command stays that.
class ClassKeys : public QObject {
    Q_OBJECT

  public:
    ClassKeys(const MainActions& actions, SessionBridge& bridge, ToolBox& toolBox, QWidget& window);

    /// Follows the keys of the commands, and the language.
    void followCommands();

  private:
    void followClasses();
    void take(char key);

    const MainActions& actions_;
    SessionBridge& bridge_;
    ToolBox& toolBox_;
    std::map<char, QAction*> letters_;
};

}  // namespace finebrush
