#pragma once

#include <QString>

#include <iterator>
#include <optional>

namespace finebrush {

/// A menu of the window; `commands.def` holds the name, the place and the title of each.
enum class Menu {
#define FINEBRUSH_MENU(menu, ...) menu,
#include "ui/keys/commands.def"
};

/// Everything that the window can be told to do by a menu, a button of the tool bar or a key; `commands.def`
/// holds what is said of each.
enum class Command {
#define FINEBRUSH_COMMAND(command, ...) command,
#include "ui/keys/commands.def"
};

inline constexpr Command kAllCommands[] = {
#define FINEBRUSH_COMMAND(command, ...) Command::command,
#include "ui/keys/commands.def"
};
inline constexpr size_t kCommandCount = std::size(kAllCommands);

/// What is said of a command.
struct CommandEntry {
    enum Trait : unsigned {
        Plain = 0,
        Edits = 1,      ///< changes the project
        Checkable = 2,  ///< is on or off
        Tool = 4,       ///< of the tools, one is on
        OnCanvas = 8,   ///< has its keys only while the canvas has the focus
    };

    const char* name;  ///< stands for it in settings and files; the object name of its action
    Menu menu;
    const char* icon;  ///< empty: none
    const char* keys;  ///< that it has of itself: portable text, several ways apart by a blank
    unsigned traits;
    const char* text;
    const char* toolTip;  ///< empty: as the text

    /// Whether it has all of these traits.
    bool is(unsigned wanted) const { return (traits & wanted) == wanted; }
};

const CommandEntry& entryOf(Command command);

inline const char* nameOf(Command command) {
    return entryOf(command).name;
}
std::optional<Command> commandOf(const QString& name);

/// As many as there are digits.
inline constexpr int kClassCommands = 10;

/// The command that takes up the class whose key is a digit.
constexpr Command classCommand(int digit) {
    return static_cast<Command>(static_cast<int>(Command::Class1) + (digit + 9) % kClassCommands);
}

/// The object name of the action that takes up the class of a key, digit or letter.
QString nameOfClassKey(char key);

/// "Choose the class of key G", in the language of the window.
QString textOfClassKey(char key);

}  // namespace finebrush
