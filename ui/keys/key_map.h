#pragma once

#include "ui/keys/command.h"
#include "ui/settings/preferences.h"

#include <QKeySequence>
#include <QList>

#include <map>
#include <optional>
#include <utility>

namespace finebrush {

/// The name of a profile in settings and files, such as "itk-snap".
const char* nameOf(KeyProfile profile);
std::optional<KeyProfile> keyProfileOf(const QString& name);

/// The keys of a command in a profile. Profiles after other programs change the keys that these are known
/// for, and move out of the way what they take.
QList<QKeySequence> profileKeys(Command command, KeyProfile profile);

/// Whether the wheel steps through the slices of a volume; with Ctrl it zooms then.
bool wheelStepsThroughSlices(KeyProfile profile);

/// One key with its modifiers from its portable text, such as "Shift+B"; empty where it is none.
std::optional<QKeySequence> keyFromText(const QString& text);

/// What a key does that commands cannot have, in the words of the window; empty where it is free for this
/// command.
QString useBesideCommands(const QKeySequence& key, Command command);

/// The keys of all commands: those of a profile, and what a person has changed. A key belongs to one command
/// at most: what is given to one is taken from the others.
class KeyMap {
  public:
    explicit KeyMap(KeyProfile profile) : profile_(profile) {}

    KeyProfile profile() const { return profile_; }
    QList<QKeySequence> keys(Command command) const;
    bool isEdited(Command command) const { return keys(command) != profileKeys(command, profile_); }
    bool isEdited() const { return !edits_.empty(); }
    std::optional<Command> ownerOf(const QKeySequence& key) const;

    void give(Command command, const QList<QKeySequence>& keys);

    /// What was changed, as it is stored.
    KeyTexts edits() const;

    bool operator==(const KeyMap&) const = default;

  private:
    KeyProfile profile_;
    std::map<Command, QList<QKeySequence>> edits_;
};

/// The keys of the chosen profile. What the settings hold and cannot be used is left out.
KeyMap storedKeyMap(const Preferences& preferences);
/// Chooses the profile of these keys, and keeps them for it.
void storeKeyMap(const KeyMap& map, Preferences& preferences);

}  // namespace finebrush
