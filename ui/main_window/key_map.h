#pragma once

#include "ui/main_window/main_actions.h"
#include "ui/settings/preferences.h"

#include <QKeySequence>
#include <QList>

namespace finebrush {

/// How many classes have a key.
inline constexpr int kClassKeys = 9;

/// The keys of a command in a profile. Profiles after other programs change the keys that these are known
/// for, and move out of the way what they take.
QList<QKeySequence> keysOf(Command command, KeyProfile profile);

/// The key that takes up a class, by its place from 0.
QKeySequence classKey(int place, KeyProfile profile);

/// Whether the wheel steps through the slices of a volume; with Ctrl it zooms then.
bool wheelStepsThroughSlices(KeyProfile profile);

}  // namespace finebrush
