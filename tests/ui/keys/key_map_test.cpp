#include "ui/keys/key_map.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/preferences_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QWheelEvent>

#include <map>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

constexpr KeyProfile kProfiles[] = {KeyProfile::Finebrush, KeyProfile::Napari, KeyProfile::ItkSnap,
                                    KeyProfile::Labelme, KeyProfile::Qgis};

KeyTexts textsOf(Command command, const QStringList& keys) {
    return {{QLatin1String(nameOf(command)), keys}};
}

TEST(KeyMap, NoKeyMeansTwoThings) {
    for (const KeyProfile profile : kProfiles) {
        std::map<QString, std::string> taken;
        for (const Command command : kAllCommands) {
            for (const QKeySequence& key : profileKeys(command, profile)) {
                ASSERT_EQ(key.count(), 1) << nameOf(command);
                const auto [place, isFree] = taken.emplace(key.toString(), nameOf(command));
                EXPECT_TRUE(isFree) << key.toString().toStdString() << " is of " << place->second
                                    << " and of " << nameOf(command) << " in " << nameOf(profile);
                EXPECT_EQ(useBesideCommands(key, command).toStdString(), "")
                    << key.toString().toStdString() << " of " << nameOf(command) << " in " << nameOf(profile);
            }
        }
    }
}

TEST(KeyMap, WhatHasAKeyHasOneInEveryProfile) {
    for (const Command command : kAllCommands) {
        if (profileKeys(command, KeyProfile::Finebrush).isEmpty()) continue;
        for (const KeyProfile profile : kProfiles) {
            EXPECT_FALSE(profileKeys(command, profile).isEmpty()) << nameOf(command);
        }
    }
}

TEST(KeyMap, NamesOfProfilesLeadBack) {
    for (const KeyProfile profile : kProfiles) EXPECT_EQ(keyProfileOf(nameOf(profile)), profile);
    EXPECT_EQ(keyProfileOf(QStringLiteral("nonsense")), std::nullopt);
}

TEST(KeyMap, AGivenKeyIsTakenFromTheOthersAndComesBackWithThem) {
    KeyMap map(KeyProfile::Finebrush);
    const QKeySequence b("B"), f("F"), g("G");
    map.give(Command::Fill, {b, g});
    EXPECT_EQ(map.keys(Command::Fill), (QList<QKeySequence>{b, g}));
    EXPECT_TRUE(map.keys(Command::Brush).isEmpty());
    EXPECT_TRUE(map.isEdited(Command::Brush));
    EXPECT_EQ(map.ownerOf(b), Command::Fill);
    EXPECT_EQ(map.ownerOf(f), std::nullopt);

    map.give(Command::Brush, {b});  // what the profile gives it: nothing to keep
    EXPECT_EQ(map.keys(Command::Fill), QList<QKeySequence>{g});
    EXPECT_EQ(map.edits(), textsOf(Command::Fill, {QStringLiteral("G")}));
    map.give(Command::Fill, {f});
    EXPECT_EQ(map, KeyMap(KeyProfile::Finebrush));
    EXPECT_FALSE(map.isEdited());
}

TEST(KeyMap, OneKeyWithItsModifiersIsAKey) {
    EXPECT_EQ(keyFromText(QStringLiteral("Ctrl+Shift+B")), QKeySequence("Ctrl+Shift+B"));
    EXPECT_EQ(keyFromText(QStringLiteral("B")), QKeySequence("B"));
    for (const char* text : {"", "B, C", "Nonsense", "Ctrl+"}) {
        EXPECT_EQ(keyFromText(QLatin1String(text)), std::nullopt) << text;
    }
}

TEST(KeyMap, SettingsKeepTheEditsOfEachProfile) {
    Preferences preferences;
    KeyMap map(KeyProfile::Napari);
    map.give(Command::Fill, {QKeySequence("G"), QKeySequence("Ctrl+,")});
    map.give(Command::Undo, {});
    storeKeyMap(map, preferences);
    EXPECT_EQ(storedKeyMap(Preferences()), map);
    preferences.setKeyProfile(KeyProfile::Finebrush);
    EXPECT_FALSE(storedKeyMap(Preferences()).isEdited());
    preferences.setKeyProfile(KeyProfile::Napari);
    EXPECT_EQ(storedKeyMap(Preferences()), map);

    storeKeyMap(KeyMap(KeyProfile::Napari), preferences);
    EXPECT_FALSE(storedKeyMap(Preferences()).isEdited());
    preferences.setKeyProfile(KeyProfile::Finebrush);
}

TEST(KeyMap, SettingsThatCannotBeUsedAreLeftOut) {
    Preferences preferences;
    preferences.setKeyEdits(QStringLiteral("finebrush"),
                            {{QStringLiteral("Nonsense"), {QStringLiteral("B")}},
                             {QStringLiteral("BrushTool"),
                              {QStringLiteral("Space"), QStringLiteral("Nonsense"), QStringLiteral("G")}}});
    KeyMap expected(KeyProfile::Finebrush);
    expected.give(Command::Brush, {QKeySequence("G")});
    EXPECT_EQ(storedKeyMap(preferences), expected);
    preferences.setKeyEdits(QStringLiteral("finebrush"), {});
}

class KeyProfileTest : public WindowFixture {
  protected:
    ~KeyProfileTest() override { preferences_.setKeyProfile(KeyProfile::Finebrush); }

    void turnWheel(int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        const QPointF middle = QRectF(canvas().rect()).center();
        QWheelEvent event(middle, canvas().mapToGlobal(middle), QPoint(), QPoint(0, delta), Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas(), &event);
    }
    bool isOn(const char* action) const { return child<QAction>(action)->isChecked(); }
};

TEST_F(KeyProfileTest, IsChosenInThePreferencesAndWorksAtOnce) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    child<QAction>("Preferences")->trigger();
    auto* profile = child<PreferencesDialog>("PreferencesDialog")->findChild<QComboBox*>("KeyProfile");
    ASSERT_NE(profile, nullptr);
    profile->setCurrentIndex(static_cast<int>(KeyProfile::Napari));
    emit profile->activated(profile->currentIndex());
    child<PreferencesDialog>("PreferencesDialog")->close();
    EXPECT_EQ(child<QAction>("EraserTool")->toolTip().toStdString(), "Eraser (1, E)");
    QTest::keyClick(&window_, Qt::Key_3);
    EXPECT_TRUE(isOn("PolygonTool"));
    QTest::keyClick(&window_, Qt::Key_2);
    EXPECT_TRUE(isOn("BrushTool"));
    QTest::keyClick(&window_, Qt::Key_2, Qt::AltModifier);
    drag({10, 10}, {20, 10});
    EXPECT_EQ(session().labels().at(15, 10), 1) << "the second class";
    preferences_.setKeyProfile(KeyProfile::Finebrush);
    QTest::keyClick(&window_, Qt::Key_1);
    drag({10, 10}, {20, 10});
    EXPECT_EQ(session().labels().at(15, 10), 0);
    EXPECT_THAT(child<QAction>("PolygonTool")->toolTip().toStdString(), HasSubstr("(P)"));
}

TEST_F(KeyProfileTest, TheWheelStepsThroughAVolumeWhereTheProfileSaysSo) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    preferences_.setKeyProfile(KeyProfile::ItkSnap);
    const double zoom = canvas().zoom();
    turnWheel(120);
    waitForSlice("axial:4");
    turnWheel(-120);
    waitForSlice("axial:3");
    turnWheel(60);
    turnWheel(60);
    waitForSlice("axial:4");  // two halves of a notch
    EXPECT_EQ(canvas().zoom(), zoom);
    turnWheel(120, Qt::ControlModifier);
    EXPECT_GT(canvas().zoom(), zoom);
    const double closer = canvas().zoom();
    preferences_.setKeyProfile(KeyProfile::Finebrush);
    turnWheel(-120);
    EXPECT_LT(canvas().zoom(), closer) << "the wheel zooms again";
    EXPECT_EQ(session().shownImage()->slice->index, 4);
}

}  // namespace
}  // namespace finebrush
