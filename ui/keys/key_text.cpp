#include "ui/keys/key_text.h"

#include <QStringList>
#include <QWidget>

namespace finebrush {

QString keysText(const QList<QKeySequence>& keys) {
    QStringList texts;
    for (const QKeySequence& key : keys) texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

QAction* actionIn(const QWidget& widget, Command command) {
    return widget.window()->findChild<QAction*>(QLatin1String(nameOf(command)));
}

QString keysIn(const QWidget& widget, std::initializer_list<Command> commands) {
    QList<QKeySequence> keys;
    for (const Command command : commands) {
        if (const QAction* action = actionIn(widget, command)) keys << action->shortcuts();
    }
    return keysText(keys);
}

QString withKeys(const QString& text, const QString& keys) {
    return keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys);
}

QString withKeys(const QString& text, const QWidget& widget, std::initializer_list<Command> commands) {
    return withKeys(text, keysIn(widget, commands));
}

QString commandName(const QAction& action) {
    QString name = action.toolTip().section(u'\n', 0, 0);  // below it may say why it cannot be done
    const QString keys = withKeys({}, keysText(action.shortcuts()));
    if (name.endsWith(keys)) name.chop(keys.size());
    return name;
}

QString withoutMenuKey(QString text) {
    if (const qsizetype bracket = text.indexOf(QStringLiteral("(&")); bracket >= 0) text.remove(bracket, 4);
    return text.remove(u'&').trimmed();
}

}  // namespace finebrush
