#include "ui/settings/theme.h"

#include <QLabel>
#include <QSignalSpy>
#include <gmock/gmock.h>

#include <cmath>

namespace finebrush {
namespace {

constexpr double kMinTextContrast = 4.5;      // WCAG 2.1, 1.4.3 (level AA)
constexpr double kMinGraphicContrast = 1.25;  // a border beside its ground: decoration, but visible

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// Relative luminance (WCAG 2.1).
double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

class ThemeTest : public ::testing::TestWithParam<const ThemeColours*> {};

TEST_P(ThemeTest, EveryTextIsReadable) {
    const ThemeColours& theme = *GetParam();
    for (const QColor& ground : {theme.window, theme.base}) {
        for (const QColor& text : {theme.text, theme.mutedText, theme.link, theme.error, theme.success}) {
            EXPECT_GE(contrast(text, ground), kMinTextContrast)
                << text.name().toStdString() << " on " << ground.name().toStdString();
        }
    }
    EXPECT_GE(contrast(theme.text, theme.button), kMinTextContrast);
    EXPECT_GE(contrast(theme.text, theme.toolTip), kMinTextContrast);
    EXPECT_GE(contrast(theme.accentText, theme.accent), kMinTextContrast);
}

TEST_P(ThemeTest, BordersAreVisible) {
    const ThemeColours& theme = *GetParam();
    EXPECT_GE(contrast(theme.border, theme.window), kMinGraphicContrast);
    EXPECT_GE(contrast(theme.border, theme.base), kMinGraphicContrast);
}

TEST_P(ThemeTest, ItsPaletteIsKnownAgain) {
    EXPECT_EQ(&themeColours(paletteOf(*GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, ThemeTest, ::testing::Values(&lightTheme(), &darkTheme()));

TEST(ApplyTheme, SwitchesWhatIsAlreadyShown) {
    applyTheme(*qApp, ThemeChoice::Light);
    QLabel label(QStringLiteral("text"));
    label.show();
    EXPECT_EQ(label.palette().color(QPalette::Window), lightTheme().window);
    applyTheme(*qApp, ThemeChoice::Dark);
    EXPECT_EQ(label.palette().color(QPalette::Window), darkTheme().window);
    EXPECT_FALSE(qApp->styleSheet().contains(u'@'))
        << "every colour of the style sheet has a name of the theme";
}

}  // namespace
}  // namespace finebrush
