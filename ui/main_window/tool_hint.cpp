#include "ui/main_window/tool_hint.h"

#include <QCoreApplication>

namespace finebrush {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("finebrush::ToolHint", text);
}

}  // namespace

QString toolHint(const ToolBox& toolBox) {
    switch (toolBox.kind()) {
        case ToolKind::Brush:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: paint · Right: erase"));
        case ToolKind::Eraser:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: erase"));
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
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "Click: fill the area of one label · Right: erase it"));
        case ToolKind::Wand:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint",
                                                "Tolerance %1 · Drag: wider or narrower · Right: erase"))
                .arg(toolBox.tolerance());
        case ToolKind::Pick:
            return translated(
                QT_TRANSLATE_NOOP("finebrush::ToolHint", "Click: take the class under the pointer"));
        case ToolKind::Pan:
            return translated(QT_TRANSLATE_NOOP("finebrush::ToolHint", "Drag: move the image"));
    }
    return {};
}

}  // namespace finebrush
