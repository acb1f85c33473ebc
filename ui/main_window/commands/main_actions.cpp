#include "ui/main_window/commands/main_actions.h"

#include "ui/bridge/read_only.h"
#include "ui/keys/key_map.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QRegularExpression>

namespace finebrush {

namespace {

QString translated(Command command, const char* text) {
    const QString words = QCoreApplication::translate("finebrush::MainActions", text);
    const int place = static_cast<int>(command) - static_cast<int>(Command::Class1);
    return place >= 0 && place < kClassCommands ? words.arg((place + 1) % kClassCommands) : words;
}

/// "Redo (Ctrl+Y, Ctrl+Shift+Z)".
QString toolTipOf(Command command, const QAction& action) {
    const CommandEntry& entry = entryOf(command);
    QString text = translated(command, *entry.toolTip ? entry.toolTip : entry.text);
    // Languages without Latin letters have the key of a menu's entry in brackets behind its name.
    static const QRegularExpression menuKey(QStringLiteral("\\(&\\w\\)"));
    text.remove(menuKey).remove(u'&').remove(u'…');
    return withKeys(text, keysText(action.shortcuts()));
}

}  // namespace

MainActions::MainActions(QObject* parent) : QObject(parent), edits_(new QActionGroup(this)) {
    auto* tools = new QActionGroup(this);
    // What is taken away from all of a group stays away whatever is said of one.
    edits_->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    for (const Command command : kAllCommands) {
        const CommandEntry& entry = entryOf(command);
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(entry.name));
        if (*entry.icon) action->setIcon(themedIcon(QLatin1String(entry.icon)));
        action->setCheckable(entry.is(CommandEntry::Checkable));
        if (entry.is(CommandEntry::Tool)) {
            tools->addAction(action);
        } else {
            // An icon would take the place of the tick.
            if (action->isCheckable()) action->setIconVisibleInMenu(false);
            if (entry.is(CommandEntry::Edits)) edits_->addAction(action);
        }
        // Return ends the editing of a name elsewhere, and Insert pastes into a field.
        if (entry.is(CommandEntry::OnCanvas)) action->setShortcutContext(Qt::WidgetShortcut);
        actions_[static_cast<size_t>(command)] = action;
    }
    (*this)[Command::Brush].setChecked(true);
    (*this)[Command::ToggleOverlay].setChecked(true);
    (*this)[Command::Quit].setMenuRole(QAction::QuitRole);
    (*this)[Command::Preferences].setMenuRole(QAction::PreferencesRole);
    (*this)[Command::About].setMenuRole(QAction::AboutRole);
    setKeys(KeyMap(KeyProfile::Finebrush));
}

QList<QAction*> MainActions::of(Menu menu) const {
    QList<QAction*> found;
    for (const Command command : kAllCommands) {
        if (entryOf(command).menu == menu) found << &(*this)[command];
    }
    return found;
}

QList<QAction*> MainActions::with(unsigned traits) const {
    QList<QAction*> found;
    for (const Command command : kAllCommands) {
        if (entryOf(command).is(traits)) found << &(*this)[command];
    }
    return found;
}

void MainActions::setKeys(const KeyMap& keys) {
    for (const Command command : kAllCommands) (*this)[command].setShortcuts(keys.keys(command));
    retranslate();
}

void MainActions::setReadOnly(bool isReadOnly) {
    isReadOnly_ = isReadOnly;
    edits_->setEnabled(!isReadOnly);
    for (QAction* tool : with(CommandEntry::Tool | CommandEntry::Edits)) tool->setEnabled(!isReadOnly);
}

void MainActions::retranslate() {
    for (const Command command : kAllCommands) {
        QAction& action = (*this)[command];
        const CommandEntry& entry = entryOf(command);
        action.setText(translated(command, entry.text));
        action.setToolTip(
            withReadOnlyReason(toolTipOf(command, action), isReadOnly_ && entry.is(CommandEntry::Edits)));
    }
}

}  // namespace finebrush
