#include "ui/settings/theme.h"

#include "ui/settings/icons.h"

#include <QFile>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

#include <utility>

namespace finebrush {

namespace {

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < 128;
}

constexpr int kSeparatorRoom = 9;  // px of the view, across
constexpr int kExtensionRoom = 22;

/// Fusion, with an icon of ours on the docks and none on the buttons of dialogs.
class WindowStyle : public QProxyStyle {
  public:
    WindowStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

    QIcon standardIcon(StandardPixmap icon, const QStyleOption* option,
                       const QWidget* widget) const override {
        if (icon == SP_TitleBarCloseButton) return themedIcon(QStringLiteral("close"));
        if (icon == SP_ToolBarHorizontalExtensionButton) return themedIcon(QStringLiteral("next"));
        return QProxyStyle::standardIcon(icon, option, widget);
    }

    /// Fusion draws the boxes of a menu in a shade of the window, which can't be seen where that is dark.
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override {
        if (element == PE_IndicatorToolBarSeparator) return drawSeparator(*option, *painter);
        const bool isBox = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
        if (!isBox || !qobject_cast<const QMenu*>(widget))
            return QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool isOn = option->state & State_On;
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        const double radius = element == PE_IndicatorRadioButton ? box.height() / 2 : 3;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(option->palette.color(isOn ? QPalette::Highlight : QPalette::PlaceholderText));
        painter->setBrush(option->palette.color(isOn ? QPalette::Highlight : QPalette::Base));
        painter->drawRoundedRect(box, radius, radius);
        if (isOn && element == PE_IndicatorCheckBox) {
            QIcon(QStringLiteral(":/icons/check.svg")).paint(painter, option->rect);
        } else if (isOn) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option->palette.color(QPalette::HighlightedText));
            painter->drawEllipse(box.center(), box.width() / 5, box.height() / 5);
        }
        painter->restore();
    }

    /// What a narrow window leaves no room for hangs on a button that can be hit.
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        if (metric == PM_ToolBarExtensionExtent) return kExtensionRoom;
        if (metric == PM_ToolBarSeparatorExtent) return kSeparatorRoom;
        return QProxyStyle::pixelMetric(metric, option, widget);
    }

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override {
        if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }

  private:
    /// A line, however much room there is: where a tool bar was cut short, it is a square.
    static void drawSeparator(const QStyleOption& option, QPainter& painter) {
        const bool isUpright = option.state & State_Horizontal;
        QRect line = isUpright ? option.rect.adjusted(0, 5, 0, -5) : option.rect.adjusted(5, 0, -5, 0);
        if (isUpright) {
            line.setLeft(line.center().x());
            line.setWidth(1);
        } else {
            line.setTop(line.center().y());
            line.setHeight(1);
        }
        painter.fillRect(line, option.palette.color(QPalette::Mid));
    }
};

/// The style sheet with the names of colours ("@accent") replaced by the theme's.
QString styleSheetOf(const ThemeColours& colours) {
    QFile file(QStringLiteral(":/finebrush.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[] = {
        {"@window", colours.window},
        {"@base", colours.base},
        {"@button", colours.button},
        {"@border", colours.border},
        {"@text", colours.text},
        {"@muted-text", colours.mutedText},
        {"@accent-text", colours.accentText},
        {"@accent", colours.accent},
        {"@link", colours.link},
        {"@error", colours.error},
        {"@success", colours.success},
        {"@tool-tip", colours.toolTip},
    };
    for (const auto& [name, colour] : names) sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

}  // namespace

const ThemeColours& lightTheme() {
    static const ThemeColours colours{
        .window = QColor(0xf3f4f6),
        .base = QColor(0xffffff),
        .button = QColor(0xffffff),
        .border = QColor(0xcdd2da),
        .text = QColor(0x1c2330),
        .mutedText = QColor(0x566071),
        .accent = QColor(0x1d5fd0),
        .accentText = QColor(0xffffff),
        .link = QColor(0x1a57c0),
        .error = QColor(0xb3261e),
        .success = QColor(0x1a6b3c),
        .canvas = QColor(0xd3d6db),
        .toolTip = QColor(0xffffff),
    };
    return colours;
}

const ThemeColours& darkTheme() {
    static const ThemeColours colours{
        .window = QColor(0x24272d),
        .base = QColor(0x1b1d22),
        .button = QColor(0x2f333b),
        .border = QColor(0x434954),
        .text = QColor(0xe7e9ee),
        .mutedText = QColor(0xa6aebb),
        .accent = QColor(0x2f6bd6),
        .accentText = QColor(0xffffff),
        .link = QColor(0x7eb0ff),
        .error = QColor(0xff9a8f),
        .success = QColor(0x7fd6a2),
        .canvas = QColor(0x131417),
        .toolTip = QColor(0x2f333b),
    };
    return colours;
}

const ThemeColours& themeColours(const QPalette& palette) {
    return isDark(palette) ? darkTheme() : lightTheme();
}

QPalette paletteOf(const ThemeColours& colours) {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const QColor& colour) { palette.setColor(role, colour); };
    set(QPalette::Window, colours.window);
    set(QPalette::WindowText, colours.text);
    set(QPalette::Base, colours.base);
    set(QPalette::AlternateBase, colours.window);
    set(QPalette::Text, colours.text);
    set(QPalette::PlaceholderText, colours.mutedText);
    set(QPalette::Button, colours.button);
    set(QPalette::ButtonText, colours.text);
    set(QPalette::BrightText, colours.error);
    set(QPalette::Highlight, colours.accent);
    set(QPalette::HighlightedText, colours.accentText);
    set(QPalette::Link, colours.link);
    set(QPalette::LinkVisited, colours.link);
    set(QPalette::ToolTipBase, colours.toolTip);
    set(QPalette::ToolTipText, colours.text);
    set(QPalette::Light, colours.button.lighter(115));
    set(QPalette::Midlight, colours.button);
    set(QPalette::Mid, colours.border);
    set(QPalette::Dark, colours.border.darker(130));
    set(QPalette::Shadow, colours.border.darker(180));
    QColor disabled = colours.mutedText;
    disabled.setAlphaF(0.6F);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, disabled);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.border);
    return palette;
}

void applyTheme(QApplication& application, ThemeChoice choice) {
    static const bool systemIsDark = isDark(application.palette());
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark);
    const ThemeColours& colours = dark ? darkTheme() : lightTheme();
    application.setStyle(new WindowStyle);
    application.setPalette(paletteOf(colours));
    application.setStyleSheet(styleSheetOf(colours));
}

}  // namespace finebrush
