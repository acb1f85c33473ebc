#include "ui/keys/key_map.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace finebrush {

namespace {

struct OtherKeys {
    KeyProfile profile;
    Command command;
    const char* keys;  ///< portable text, several ways apart by a blank
};

// What differs from our own keys.
constexpr OtherKeys kOtherKeys[] = {
    // The modes of a labels layer have digits there, so that classes need Alt.
    {KeyProfile::Napari, Command::Eraser, "1 E"},
    {KeyProfile::Napari, Command::Brush, "2 P"},
    {KeyProfile::Napari, Command::Polygon, "3"},
    {KeyProfile::Napari, Command::Fill, "4 F"},
    {KeyProfile::Napari, Command::Pick, "5 L"},
    {KeyProfile::Napari, Command::Pan, "6 Z"},
    {KeyProfile::Napari, Command::Lasso, "Shift+L"},
    {KeyProfile::Napari, Command::AddClass, "M"},
    {KeyProfile::Napari, Command::PreviousClass, "-"},
    {KeyProfile::Napari, Command::NextClass, "="},
    {KeyProfile::Napari, Command::PreviousSlice, "Left PgUp"},
    {KeyProfile::Napari, Command::NextSlice, "Right PgDown"},
    {KeyProfile::Napari, Command::ShowMinimap, "Shift+O"},
    {KeyProfile::Napari, Command::OnlyOverClass, "Ctrl+Alt+O"},
    {KeyProfile::Napari, Command::ToggleOverlay, "V"},
    {KeyProfile::Napari, Command::Fit, "Ctrl+R"},
    {KeyProfile::Napari, Command::TurnRight, "Ctrl+Alt+R"},
    {KeyProfile::Napari, Command::SideBySide, "Ctrl+G"},  // layers in a grid
    {KeyProfile::Napari, Command::GoTo, "Ctrl+Alt+G"},

    {KeyProfile::ItkSnap, Command::Pan, "2"},
    {KeyProfile::ItkSnap, Command::Polygon, "3"},
    {KeyProfile::ItkSnap, Command::Brush, "4"},
    {KeyProfile::ItkSnap, Command::ToggleOverlay, "S G"},
    {KeyProfile::ItkSnap, Command::Sam, "Shift+S"},
    {KeyProfile::ItkSnap, Command::Fit, "Ctrl+F R"},
    {KeyProfile::ItkSnap, Command::Rectangle, "Shift+R"},
    {KeyProfile::ItkSnap, Command::Undo, "Ctrl+Z Z"},
    {KeyProfile::ItkSnap, Command::Redo, "Ctrl+Shift+Z Ctrl+Y Y"},
    {KeyProfile::ItkSnap, Command::PreviousSlice, "Left Down B PgUp"},
    {KeyProfile::ItkSnap, Command::NextSlice, "Right Up F PgDown"},
    {KeyProfile::ItkSnap, Command::Fill, "Shift+F"},
    {KeyProfile::ItkSnap, Command::LargerBrush, "= ] ."},
    {KeyProfile::ItkSnap, Command::SmallerBrush, "- [ ,"},

    {KeyProfile::Labelme, Command::Polygon, "Ctrl+N P"},
    {KeyProfile::Labelme, Command::NewProject, "Ctrl+Alt+N"},
    {KeyProfile::Labelme, Command::OpenFolder, "Ctrl+U"},
    {KeyProfile::Labelme, Command::Brush, "Shift+B B"},
    {KeyProfile::Labelme, Command::Wand, "Shift+W W"},
    {KeyProfile::Labelme, Command::Rectangle, "R Ctrl+R"},
    {KeyProfile::Labelme, Command::TurnRight, "Ctrl+Alt+R"},
    {KeyProfile::Labelme, Command::Sam, "Q S"},
    {KeyProfile::Labelme, Command::Superpixels, "Shift+Q"},
    {KeyProfile::Labelme, Command::ToggleOverlay, "T Ctrl+H Ctrl+M"},

    {KeyProfile::Qgis, Command::OpenProject, "Ctrl+O"},
    {KeyProfile::Qgis, Command::OpenImages, "Ctrl+L Ctrl+Shift+R"},
    {KeyProfile::Qgis, Command::Interpolate, "Ctrl+Alt+L"},
    {KeyProfile::Qgis, Command::TurnLeft, "Ctrl+Alt+Shift+R"},
    {KeyProfile::Qgis, Command::TurnRight, "Ctrl+Alt+R"},
    {KeyProfile::Qgis, Command::Fit, "Ctrl+Shift+F Ctrl+F"},
    {KeyProfile::Qgis, Command::SideBySide, "Ctrl+M"},  // a new map view
    {KeyProfile::Qgis, Command::FindCommand, "Ctrl+K F1"},
};

constexpr std::pair<KeyProfile, const char*> kProfileNames[] = {{KeyProfile::Finebrush, "finebrush"},
                                                                {KeyProfile::Napari, "napari"},
                                                                {KeyProfile::ItkSnap, "itk-snap"},
                                                                {KeyProfile::Labelme, "labelme"},
                                                                {KeyProfile::Qgis, "qgis"}};

/// A key that is none of the commands'.
struct HeldKey {
    const char* key;  ///< portable text
    const char* use;  ///< null: it is the letter of a menu
};

constexpr const char* kPointerUse =
    QT_TRANSLATE_NOOP("finebrush::KeyMap", "it moves the pointer on the image");

constexpr HeldKey kHeldKeys[] = {
    {"Space", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it moves the image while it is held")},
    {"Esc", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it cancels what a tool has begun")},
    {"Tab", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it goes to the next control")},
    {"Shift+Tab", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it goes to the control before")},
    {"Backtab", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it goes to the control before")},
    {"Shift+Backtab", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it goes to the control before")},
    {"Backspace", QT_TRANSLATE_NOOP("finebrush::KeyMap", "it takes the last corner back")},
    {"Ctrl+Left", kPointerUse},
    {"Ctrl+Right", kPointerUse},
    {"Ctrl+Up", kPointerUse},
    {"Ctrl+Down", kPointerUse},
    {"Alt+F", nullptr},
    {"Alt+E", nullptr},
    {"Alt+T", nullptr},
    {"Alt+V", nullptr},
    {"Alt+A", nullptr},
    {"Alt+H", nullptr},
};

constexpr const char* kMenuUse = QT_TRANSLATE_NOOP("finebrush::KeyMap", "it opens a menu");
constexpr const char* kReturnUse = QT_TRANSLATE_NOOP(
    "finebrush::KeyMap", "it completes what is drawn or typed, and is only for accepting the prediction");

bool isClassCommand(Command command) {
    return command >= Command::Class1 && command <= Command::Class0;
}

/// Whether the digits belong to the tools, so that the classes need Alt.
bool hasDigitsForTools(KeyProfile profile) {
    return profile == KeyProfile::Napari || profile == KeyProfile::ItkSnap;
}

}  // namespace

const char* nameOf(KeyProfile profile) {
    return kProfileNames[static_cast<size_t>(profile)].second;
}

std::optional<KeyProfile> keyProfileOf(const QString& name) {
    for (const auto& [profile, text] : kProfileNames) {
        if (name == QLatin1String(text)) return profile;
    }
    return std::nullopt;
}

std::optional<QKeySequence> keyFromText(const QString& text) {
    const QKeySequence key(text, QKeySequence::PortableText);
    if (key.count() != 1 || key[0].key() == Qt::Key_unknown) return std::nullopt;
    return key;
}

QList<QKeySequence> profileKeys(Command command, KeyProfile profile) {
    const auto* other = std::ranges::find_if(kOtherKeys, [&](const OtherKeys& keys) {
        return keys.profile == profile && keys.command == command;
    });
    const char* text = other == std::end(kOtherKeys) ? entryOf(command).keys : other->keys;
    const bool needsAlt = isClassCommand(command) && hasDigitsForTools(profile);
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts)) {
        keys << QKeySequence(needsAlt ? QStringLiteral("Alt+") + key : key, QKeySequence::PortableText);
    }
    return keys;
}

bool wheelStepsThroughSlices(KeyProfile profile) {
    return profile == KeyProfile::ItkSnap;
}

QString useBesideCommands(const QKeySequence& key, Command command) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("finebrush::KeyMap", text);
    };
    const QString text = key.toString(QKeySequence::PortableText);
    if (text == QLatin1String("Return") || text == QLatin1String("Enter")) {
        return command == Command::Accept ? QString() : translated(kReturnUse);
    }
    for (const HeldKey& held : kHeldKeys) {
        if (text == QLatin1String(held.key)) return translated(held.use ? held.use : kMenuUse);
    }
    return {};
}

QList<QKeySequence> KeyMap::keys(Command command) const {
    if (const auto edit = edits_.find(command); edit != edits_.end()) return edit->second;
    QList<QKeySequence> keys = profileKeys(command, profile_);
    keys.removeIf([this](const QKeySequence& key) {
        return std::ranges::any_of(edits_, [&](const auto& edit) { return edit.second.contains(key); });
    });
    return keys;
}

std::optional<Command> KeyMap::ownerOf(const QKeySequence& key) const {
    for (const Command command : kAllCommands) {
        if (keys(command).contains(key)) return command;
    }
    return std::nullopt;
}

void KeyMap::give(Command command, const QList<QKeySequence>& keys) {
    for (auto& [other, edited] : edits_) {
        if (other != command) edited.removeIf([&](const QKeySequence& key) { return keys.contains(key); });
    }
    if (keys == profileKeys(command, profile_)) {
        edits_.erase(command);
    } else {
        edits_[command] = keys;
    }
}

KeyTexts KeyMap::edits() const {
    KeyTexts texts;
    for (const auto& [command, keys] : edits_) {
        QStringList& list = texts[QLatin1String(nameOf(command))];
        for (const QKeySequence& key : keys) list << key.toString(QKeySequence::PortableText);
    }
    return texts;
}

KeyMap storedKeyMap(const Preferences& preferences) {
    KeyMap map(preferences.keyProfile());
    const auto stored = preferences.keyEdits(nameOf(map.profile()));
    for (const auto& [name, texts] : stored.asKeyValueRange()) {
        const auto command = commandOf(name);
        if (!command) continue;
        QList<QKeySequence> keys;
        for (const QString& text : texts) {
            const auto key = keyFromText(text);
            if (key && useBesideCommands(*key, *command).isEmpty()) keys << *key;
        }
        map.give(*command, keys);
    }
    return map;
}

void storeKeyMap(const KeyMap& map, Preferences& preferences) {
    preferences.setKeyProfile(map.profile());
    preferences.setKeyEdits(nameOf(map.profile()), map.edits());
}

}  // namespace finebrush
