#pragma once

#include "ui/keys/key_map.h"

#include <QByteArray>
#include <QString>
#include <tl/expected.hpp>

namespace finebrush {

/// A key map, or the sentence that says which file could not be used and why, in the words of the window.
using ReadKeyMap = tl::expected<KeyMap, QString>;

/// A profile and what differs from it, as JSON: `{"format": "finebrush-keys", "profile": "napari", "keys":
/// {"BrushTool": ["B", "Shift+P"]}}`.
QByteArray keyMapToJson(const KeyMap& map);
/// `path` is for the sentence only. A key that is none, is not for commands or is given twice refuses the
/// whole.
ReadKeyMap keyMapFromJson(const QByteArray& json, const QString& path);

/// Blocks; any thread.
ReadKeyMap readKeyMapFile(const QString& path);
/// Blocks; any thread. The sentence of what went wrong; empty: nothing.
QString writeKeyMapFile(const KeyMap& map, const QString& path);

}  // namespace finebrush
