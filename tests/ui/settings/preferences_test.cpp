#include "ui/settings/preferences.h"

#include <QSignalSpy>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

TEST(Preferences, AChoiceOutlivesTheObject) {
    {
        Preferences preferences;
        const QSignalSpy changed(&preferences, &Preferences::themeChanged);
        preferences.setTheme(ThemeChoice::Dark);
        preferences.setTheme(ThemeChoice::Dark);
        EXPECT_EQ(changed.count(), 1);
        preferences.setLanguage(LanguageChoice::Korean);
        preferences.setEngineCommand(QStringLiteral("ssh box finebrush-engine serve"));
    }
    const Preferences again;
    EXPECT_EQ(again.theme(), ThemeChoice::Dark);
    EXPECT_EQ(again.language(), LanguageChoice::Korean);
    EXPECT_EQ(again.engineCommand(), QStringLiteral("ssh box finebrush-engine serve"));
}

TEST(Preferences, AnUnknownChoiceInTheFileIsTheDefault) {
    QSettings().setValue("theme", 17);
    EXPECT_EQ(Preferences().theme(), ThemeChoice::System);
}

TEST(Preferences, RecentProjectsAreUniqueAndFew) {
    Preferences preferences;
    for (int i = 0; i < 15; ++i) preferences.addRecentProject(QStringLiteral("/p%1.finebrush").arg(i));
    preferences.addRecentProject(QStringLiteral("/p10.finebrush"));
    const QStringList recent = preferences.recentProjects();
    EXPECT_EQ(recent.size(), Preferences::kMaxRecentFiles);
    EXPECT_EQ(recent.first(), QStringLiteral("/p10.finebrush"));
    EXPECT_EQ(recent.count(QStringLiteral("/p10.finebrush")), 1);
}

}  // namespace
}  // namespace finebrush
