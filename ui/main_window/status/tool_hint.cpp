#include "ui/main_window/status/tool_hint.h"

#include "core/base/number_text.h"
#include "core/session/engine/mask_prompter.h"
#include "ui/bridge/conversions.h"
#include "ui/docks/raw_values.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <optional>

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

/// "-100 … 300 HU".
QString rangeText(const ValueRange& range, const OpenedImage* shown) {
    const QString text =
        QStringLiteral("%1 … %2").arg(toQString(numberText(range.low)), toQString(numberText(range.high)));
    return shown && shown->isHounsfield ? text + QStringLiteral(" HU") : text;
}

/// The band of the values, where there are several to choose from.
std::optional<QString> bandOf(const PaintedValues& values, const OpenedImage* shown) {
    const bool hasChoice = shown && (shown->pixels.bands > 1 || values.band > 0);
    return hasChoice ? std::optional(bandText(*shown, values.band)) : std::nullopt;
}

/// Which values the tool may change; empty where these are all.
QString valuesText(const Session& session) {
    const PaintedValues values = session.paintedValues();
    if (!values.isOn) return {};
    const auto shown = session.shownImage();
    const QString range = rangeText(*values.range, shown.get());
    if (const auto band = bandOf(values, shown.get()))
        return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Only values %1 of band %2"))
            .arg(range, *band);
    return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Only values %1")).arg(range);
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
        case ToolKind::Measure:
            return translated(
                QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: measure a distance · Esc: take it away"));
        case ToolKind::Pan:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: move the image"));
    }
    return {};
}

}  // namespace

QString toolHint(const ToolBox& toolBox, const Session& session) {
    QStringList parts;
    if (paints(toolBox.kind())) parts << overText(session) << valuesText(session);
    parts << useOf(toolBox, session);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString nothingInRangeHint(const Session& session) {
    const PaintedValues values = session.paintedValues();
    const auto shown = session.shownImage();
    const QString range = rangeText(values.range.value_or(ValueRange()), shown.get());
    if (const auto band = bandOf(values, shown.get()))
        return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                            "Nothing changed: band %2 has no value in %1 here"))
            .arg(range, *band);
    return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Nothing changed: no value here is in %1"))
        .arg(range);
}

}  // namespace finebrush
