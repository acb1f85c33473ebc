#include "ui/keys/command.h"

#include <QCoreApplication>

#include <algorithm>

namespace finebrush {

namespace {

constexpr auto kChooseClass = QT_TRANSLATE_NOOP("finebrush::MainActions", "Choose the class of key %1");

using enum CommandEntry::Trait;

constexpr CommandEntry kEntries[] = {
#define FINEBRUSH_COMMAND(command, name, menu, icon, keys, traits, text, toolTip) \
    {name, Menu::menu, icon, keys, traits, text, toolTip},
#include "ui/keys/commands.def"
};

}  // namespace

const CommandEntry& entryOf(Command command) {
    return kEntries[static_cast<size_t>(command)];
}

std::optional<Command> commandOf(const QString& name) {
    const auto* command =
        std::ranges::find(kAllCommands, name, [](Command one) { return QLatin1String(nameOf(one)); });
    return command == std::end(kAllCommands) ? std::nullopt : std::optional(*command);
}

QString nameOfClassKey(char key) {
    return QStringLiteral("Class%1").arg(QLatin1Char(key));
}

QString textOfClassKey(char key) {
    return QCoreApplication::translate("finebrush::MainActions", kChooseClass).arg(QLatin1Char(key));
}

}  // namespace finebrush
