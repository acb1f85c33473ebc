#pragma once

#include "ui/keys/command.h"

#include <QAction>
#include <QKeySequence>
#include <QString>

#include <initializer_list>

class QWidget;

namespace finebrush {

/// "Ctrl+Y, Ctrl+Shift+Z", as this system writes keys.
QString keysText(const QList<QKeySequence>& keys);

/// The action of a command in the window that a widget is in; null where the window has none.
QAction* actionIn(const QWidget& widget, Command command);

/// The keys of commands in the window that a widget is in; empty where they have none.
QString keysIn(const QWidget& widget, std::initializer_list<Command> commands);

/// "Pause or go on (Ctrl+P)": a text and the keys of commands; without keys, the text alone.
QString withKeys(const QString& text, const QString& keys);
QString withKeys(const QString& text, const QWidget& widget, std::initializer_list<Command> commands);

/// What a command does: its tool tip, which says more than its name in the menu, without its keys.
QString commandName(const QAction& action);

/// The text of a menu's entry without the letter that chooses it.
QString withoutMenuKey(QString text);

}  // namespace finebrush
