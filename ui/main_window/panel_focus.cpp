#include "ui/main_window/panel_focus.h"

#include "ui/canvas/overlays/split_handle.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QApplication>
#include <QKeyEvent>
#include <QSplitterHandle>

#include <algorithm>
#include <iterator>

namespace finebrush {

namespace {

bool takesKeys(const QWidget& widget) {
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy();
}

/// The first control of a panel in the order of Tab; null where there is none.
QWidget* firstControl(QWidget& panel) {
    if (takesKeys(panel)) return &panel;
    for (QWidget* next = panel.nextInFocusChain(); next != &panel; next = next->nextInFocusChain()) {
        if (panel.isAncestorOf(next) && next->isVisibleTo(&panel) && takesKeys(*next)) return next;
    }
    return nullptr;
}

}  // namespace

void stepThroughPanels(const QList<QWidget*>& panels, int step) {
    const QWidget* focus = QApplication::focusWidget();
    const auto current = std::ranges::find_if(panels, [focus](const QWidget* panel) {
        return focus && (panel == focus || panel->isAncestorOf(focus));
    });
    const qsizetype count = panels.size();
    // From outside, forwards leads to the first panel and backwards to the last.
    qsizetype place = current != panels.end() ? current - panels.begin() : step > 0 ? -1 : count;
    for (qsizetype tried = 0; tried < count; ++tried) {
        place = (place + step + count) % count;
        QWidget* panel = panels[place];
        if (panel->isHidden()) continue;
        QWidget* control = firstControl(*panel);
        if (!control) continue;
        panel->raise();
        return control->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
}

bool movesWithin(const QWidget* focus, const QKeyEvent& event) {
    const bool hasPlaces =
        qobject_cast<const QAbstractItemView*>(focus) || qobject_cast<const QAbstractSlider*>(focus) ||
        qobject_cast<const QSplitterHandle*>(focus) || qobject_cast<const SplitHandle*>(focus);
    constexpr Qt::Key kMoves[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,
                                  Qt::Key_Down, Qt::Key_Home,  Qt::Key_End};
    return hasPlaces &&
           (event.modifiers() | Qt::KeypadModifier) == Qt::KeyboardModifiers(Qt::KeypadModifier) &&
           std::ranges::find(kMoves, static_cast<Qt::Key>(event.key())) != std::end(kMoves);
}

}  // namespace finebrush
