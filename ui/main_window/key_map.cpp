#include "ui/main_window/key_map.h"

#include <algorithm>
#include <iterator>

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
    {KeyProfile::Napari, Command::ShowMinimap, "Shift+O"},
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
    {KeyProfile::ItkSnap, Command::PreviousSlice, "Left Down PgUp"},
    {KeyProfile::ItkSnap, Command::NextSlice, "Right Up PgDown"},
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

}  // namespace

QList<QKeySequence> keysOf(Command command, KeyProfile profile) {
    const auto* other = std::ranges::find_if(kOtherKeys, [&](const OtherKeys& keys) {
        return keys.profile == profile && keys.command == command;
    });
    const char* text = other == std::end(kOtherKeys) ? usualKeys(command) : other->keys;
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts)) {
        keys << QKeySequence(key, QKeySequence::PortableText);
    }
    return keys;
}

QKeySequence classKey(int place, KeyProfile profile) {
    const bool hasDigitsFree = profile != KeyProfile::Napari && profile != KeyProfile::ItkSnap;
    const auto modifier = hasDigitsFree ? Qt::NoModifier : Qt::AltModifier;
    return QKeySequence(QKeyCombination(modifier, static_cast<Qt::Key>(Qt::Key_1 + place)));
}

bool wheelStepsThroughSlices(KeyProfile profile) {
    return profile == KeyProfile::ItkSnap;
}

}  // namespace finebrush
