#include "ui/main_window/commands/class_keys.h"

#include "ui/bridge/session_bridge.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/tools/tool_box.h"

#include <QKeySequence>
#include <QWidget>

namespace finebrush {

ClassKeys::ClassKeys(const MainActions& actions, SessionBridge& bridge, ToolBox& toolBox, QWidget& window)
    : QObject(&window), actions_(actions), bridge_(bridge), toolBox_(toolBox) {
    for (int digit = 0; digit < kClassCommands; ++digit) {
        connect(&actions_[classCommand(digit)], &QAction::triggered, this,
                [this, digit] { take(static_cast<char>('0' + digit)); });
    }
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
        auto* action = new QAction(&window);
        action->setObjectName(nameOfClassKey(letter));
        connect(action, &QAction::triggered, this, [this, letter] { take(letter); });
        window.addAction(action);
        letters_[letter] = action;
    }
    connect(&bridge_, &SessionBridge::projectChanged, this, &ClassKeys::followClasses);
    connect(&bridge_, &SessionBridge::classesChanged, this, &ClassKeys::followClasses);
    followCommands();
    followClasses();
}

void ClassKeys::take(char key) {
    const LabelClass* entry = bridge_.session().classes().findKey(key);
    if (entry) toolBox_.setCurrentClass(entry->id);
}

void ClassKeys::followClasses() {
    const ClassTable& classes = bridge_.session().classes();
    for (int digit = 0; digit < kClassCommands; ++digit) {
        const bool isTaken = classes.findKey(static_cast<char>('0' + digit)) != nullptr;
        actions_[classCommand(digit)].setEnabled(isTaken);
    }
    for (const auto& [letter, action] : letters_) action->setEnabled(classes.findKey(letter) != nullptr);
}

void ClassKeys::followCommands() {
    QList<QKeySequence> taken;
    for (const QAction* action : actions_.all()) taken << action->shortcuts();
    for (const auto& [letter, action] : letters_) {
        const QKeySequence key{QString(QLatin1Char(letter))};
        action->setShortcut(taken.contains(key) ? QKeySequence() : key);
        action->setText(textOfClassKey(letter));
    }
}

}  // namespace finebrush
