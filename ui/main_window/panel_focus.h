#pragma once

#include <QList>

class QKeyEvent;
class QWidget;

namespace finebrush {

/// Gives the keys to the panel after the one that has them, round and round (`step` -1: before). Panels that
/// are closed are left out; one behind a tab comes to the front.
void stepThroughPanels(const QList<QWidget*>& panels, int step);

/// Whether a key moves within the list or slider, or moves the border, that has the keys, whatever command
/// has it too.
bool movesWithin(const QWidget* focus, const QKeyEvent& event);

}  // namespace finebrush
