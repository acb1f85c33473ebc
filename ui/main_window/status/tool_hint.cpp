#include "ui/main_window/status/tool_hint.h"

#include "core/session/engine/mask_prompter.h"
#include "ui/bridge/conversions.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("finebrush::ToolHint", text);
}

/// What the segmenting tool waits for, or what it proposes.
QString promptHint(const MaskPrompter& prompter) {
    switch (prompter.state()) {
        case MaskPrompter::State::Resting:
            return {};
        case MaskPrompter::State::Preparing:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Looking at the image…"));
        case MaskPrompter::State::Proposing:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Looking for the object…"));
        case MaskPrompter::State::Failed:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "The engine cannot look at this image · Click: try again"));
        case MaskPrompter::State::Ready:
            break;
    }
    const auto proposal = prompter.proposal();
    if (!prompter.hasPrompts() || !proposal) {
        return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                            "Drag: box around the object · Click: on it · Right: not this"));
    }
    return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                        "Mask %1/%2 · IoU %3 % · Enter: accept · Tab: next · Esc: cancel"))
        .arg(proposal->place + 1)
        .arg(proposal->count)
        .arg(std::lround(std::clamp(proposal->iou, 0.0, 1.0) * 100));
}

/// What the tool may paint over; empty where that is everything.
QString overText(const Session& session) {
    const PaintOver over = session.paintsOver();
    if (!over.only) return {};
    if (over == PaintOver::Unlabelled)
        return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Only on unlabelled pixels"));
    return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Only over “%1”"))
        .arg(toQString(session.classes().findValue(*over.only)->name));
}

QString useOf(const ToolBox& toolBox, const Session& session) {
    switch (toolBox.kind()) {
        case ToolKind::Brush:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: paint · Right: erase"));
        case ToolKind::Eraser:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: erase"));
        case ToolKind::Line:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "Drag: straight stroke · Right: erase · Esc: cancel"));
        case ToolKind::Superpixels:
            return translated(QT_TRANSLATE_NOOP(
                "finebrush::ToolHint",
                "Click or drag: paint areas of one colour · Shift+wheel: their size · Right: erase"));
        case ToolKind::Polygon:
            return translated(QT_TRANSLATE_NOOP(
                "finebrush::ToolHint", "Click: corner · Double click: fill · Right: one back · Esc: cancel"));
        case ToolKind::Rectangle:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "Drag: fill a rectangle · Right: erase it · Esc: cancel"));
        case ToolKind::Lasso:
            return translated(
                QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag around: fill · Right: erase · Esc: cancel"));
        case ToolKind::Fill:
            if (const auto shown = session.shownImage(); shown && shown->isLarge())
                return translated(
                    QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                      "Click: fill what is seen of the area of one label · Right: erase it"));
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "Click: fill the area of one label · Right: erase it"));
        case ToolKind::Wand:
            if (const auto shown = session.shownImage(); shown && shown->isLarge())
                return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                    "Tolerance %1 · Sees only what is on the screen · "
                                                    "Drag: wider or narrower · Right: erase"))
                    .arg(toolBox.tolerance());
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "Tolerance %1 · Drag: wider or narrower · Right: erase"))
                .arg(toolBox.tolerance());
        case ToolKind::Sam:
            return promptHint(session.prompter());
        case ToolKind::Pick:
            return translated(
                QT_TRANSLATE_NOOP("finebrush::ToolHint", "Click: take the class under the pointer"));
        case ToolKind::Pan:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: move the image"));
    }
    return {};
}

}  // namespace

QString toolHint(const ToolBox& toolBox, const Session& session) {
    QStringList parts;
    const bool paints = toolBox.kind() != ToolKind::Pick && toolBox.kind() != ToolKind::Pan;
    if (paints) parts << overText(session);
    parts << useOf(toolBox, session);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

}  // namespace finebrush
