#include "ui/settings/preferences.h"

#include <QSignalSpy>
#include <gmock/gmock.h>

#include <utility>

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

TEST(Preferences, TheSharesOfTheViewsAreKeptForEachNumberOfThem) {
    Preferences preferences;
    EXPECT_EQ(preferences.viewShares(2), QList<double>({0.5, 0.5}));
    EXPECT_EQ(preferences.viewShares(4), QList<double>(4, 0.25));
    preferences.setViewShares({0.5, 0.125, 0.375});
    EXPECT_EQ(Preferences().viewShares(3), QList<double>({0.5, 0.125, 0.375}));
    EXPECT_EQ(preferences.viewShares(2), QList<double>({0.5, 0.5}));
    QSettings().setValue("first-view-share", 0.75);
    EXPECT_EQ(Preferences().viewShares(2), QList<double>({0.75, 0.25}));
    QSettings().setValue("first-view-share", 1.5);
    EXPECT_EQ(Preferences().viewShares(2), QList<double>({0.5, 0.5}));
}

TEST(Preferences, WhatIsShownSideBySideIsWhatItWasInOlderFiles) {
    const std::pair<int, LinkedContent> stored[] = {{0, LinkedContent::Image},
                                                    {1, LinkedContent::Labels},
                                                    {2, LinkedContent::Prediction},
                                                    {3, LinkedContent::Earlier}};
    for (const auto& [value, content] : stored) {
        QSettings().setValue("second-view-content", value);
        EXPECT_EQ(Preferences().linkedContent(), content);
    }
    Preferences().setLinkedContent(LinkedContent::Apart);
    EXPECT_EQ(Preferences().linkedContent(), LinkedContent::Apart);
}

}  // namespace
}  // namespace finebrush
