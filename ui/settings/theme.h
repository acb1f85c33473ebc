#pragma once

#include "ui/settings/preferences.h"

#include <QApplication>
#include <QColor>
#include <QPalette>

namespace finebrush {

/// The colours of one theme. Text colours have a contrast of at least 4.5:1 (WCAG 2.1, level AA) on `window`
/// and `base`.
struct ThemeColours {
    QColor window;  ///< of panels and bars
    QColor base;    ///< of lists, fields and charts
    QColor button;
    QColor border;
    QColor text;
    QColor mutedText;  ///< secondary text
    QColor accent;     ///< behind accentText: selection, the main button
    QColor accentText;
    QColor link;     ///< accent as a text or line colour
    QColor error;    ///< text of an error
    QColor success;  ///< text of a success
    QColor canvas;   ///< around the image: neutral, so that the image's colours are seen as they are
    QColor toolTip;
};

/// The two themes.
const ThemeColours& lightTheme();
const ThemeColours& darkTheme();

/// The theme that a palette belongs to, so that a widget needs nothing but its own palette to draw itself.
const ThemeColours& themeColours(const QPalette& palette);

/// The palette of a theme.
QPalette paletteOf(const ThemeColours& colours);

/// Dresses the application: style, palette and style sheet. Live; widgets get a PaletteChange event. `System`
/// is what the desktop had set when this was called first.
void applyTheme(QApplication& application, ThemeChoice choice);

}  // namespace finebrush
