#include "ui/keys/key_map.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/preferences_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QWheelEvent>

#include <algorithm>
#include <iterator>
#include <map>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

constexpr KeyProfile kProfiles[] = {KeyProfile::Finebrush, KeyProfile::Napari, KeyProfile::ItkSnap,
                                    KeyProfile::Labelme, KeyProfile::Qgis};

struct KnownKeys {
    KeyProfile profile;
    Command command;
    const char* keys;
};

/// What every profile is known for, and where that moves what was there. Other keys are ours.
constexpr KnownKeys kKnownKeys[] = {
    {KeyProfile::Finebrush, Command::Brush, "B"},
    {KeyProfile::Finebrush, Command::Eraser, "E"},
    {KeyProfile::Finebrush, Command::Polygon, "P"},
    {KeyProfile::Finebrush, Command::Fill, "F"},
    {KeyProfile::Finebrush, Command::LargerBrush, "] ."},
    {KeyProfile::Finebrush, Command::SmallerBrush, "[ ,"},
    {KeyProfile::Finebrush, Command::SwapClass, "X"},
    {KeyProfile::Finebrush, Command::PreviousClass, "<"},
    {KeyProfile::Finebrush, Command::NextClass, ">"},
    {KeyProfile::Finebrush, Command::PreviousImage, "A"},
    {KeyProfile::Finebrush, Command::NextImage, "D"},
    {KeyProfile::Finebrush, Command::ShowDoubt, "U"},
    {KeyProfile::Finebrush, Command::Undo, "Ctrl+Z"},
    {KeyProfile::Finebrush, Command::Redo, "Ctrl+Y Ctrl+Shift+Z"},
    {KeyProfile::Finebrush, Command::Fit, "Ctrl+F"},
    {KeyProfile::Finebrush, Command::Accept, "Return Enter"},

    {KeyProfile::Napari, Command::Eraser, "1 E"},
    {KeyProfile::Napari, Command::Brush, "2 P"},
    {KeyProfile::Napari, Command::Polygon, "3"},
    {KeyProfile::Napari, Command::Fill, "4 F"},
    {KeyProfile::Napari, Command::Pick, "5 L"},
    {KeyProfile::Napari, Command::Lasso, "Shift+L"},
    {KeyProfile::Napari, Command::Pan, "6 Z"},
    {KeyProfile::Napari, Command::LargerBrush, "] ."},
    {KeyProfile::Napari, Command::SmallerBrush, "[ ,"},
    {KeyProfile::Napari, Command::PreviousClass, "-"},
    {KeyProfile::Napari, Command::NextClass, "="},
    {KeyProfile::Napari, Command::AddClass, "M"},
    {KeyProfile::Napari, Command::ShowMinimap, "Shift+O"},
    {KeyProfile::Napari, Command::OnlyOverClass, "Ctrl+Alt+O"},
    {KeyProfile::Napari, Command::SwapClass, "X"},
    {KeyProfile::Napari, Command::PreviousSlice, "Left PgUp"},
    {KeyProfile::Napari, Command::NextSlice, "Right PgDown"},
    {KeyProfile::Napari, Command::ToggleOverlay, "V"},
    {KeyProfile::Napari, Command::Fit, "Ctrl+R"},
    {KeyProfile::Napari, Command::TurnRight, "Ctrl+Alt+R"},
    {KeyProfile::Napari, Command::SideBySide, "Ctrl+G"},
    {KeyProfile::Napari, Command::GoTo, "Ctrl+Alt+G"},

    {KeyProfile::ItkSnap, Command::Pan, "2"},
    {KeyProfile::ItkSnap, Command::Polygon, "3"},
    {KeyProfile::ItkSnap, Command::Brush, "4"},
    {KeyProfile::ItkSnap, Command::LargerBrush, "= ] ."},
    {KeyProfile::ItkSnap, Command::SmallerBrush, "- [ ,"},
    {KeyProfile::ItkSnap, Command::PreviousClass, "<"},
    {KeyProfile::ItkSnap, Command::NextClass, ">"},
    {KeyProfile::ItkSnap, Command::PreviousSlice, "Left Down B PgUp"},
    {KeyProfile::ItkSnap, Command::NextSlice, "Right Up F PgDown"},
    {KeyProfile::ItkSnap, Command::Fill, "Shift+F"},
    {KeyProfile::ItkSnap, Command::ToggleOverlay, "S G"},
    {KeyProfile::ItkSnap, Command::Sam, "Shift+S"},
    {KeyProfile::ItkSnap, Command::Fit, "Ctrl+F R"},
    {KeyProfile::ItkSnap, Command::Rectangle, "Shift+R"},
    {KeyProfile::ItkSnap, Command::Undo, "Ctrl+Z Z"},
    {KeyProfile::ItkSnap, Command::Redo, "Ctrl+Shift+Z Ctrl+Y Y"},

    {KeyProfile::Labelme, Command::Polygon, "Ctrl+N P"},
    {KeyProfile::Labelme, Command::NewProject, "Ctrl+Alt+N"},
    {KeyProfile::Labelme, Command::Rectangle, "R Ctrl+R"},
    {KeyProfile::Labelme, Command::TurnRight, "Ctrl+Alt+R"},
    {KeyProfile::Labelme, Command::Brush, "Shift+B B"},
    {KeyProfile::Labelme, Command::Wand, "Shift+W W"},
    {KeyProfile::Labelme, Command::Sam, "Q S"},
    {KeyProfile::Labelme, Command::Superpixels, "Shift+Q"},
    {KeyProfile::Labelme, Command::OpenFolder, "Ctrl+U"},
    {KeyProfile::Labelme, Command::PreviousImage, "A"},
    {KeyProfile::Labelme, Command::NextImage, "D"},
    {KeyProfile::Labelme, Command::ToggleOverlay, "T Ctrl+H Ctrl+M"},
    {KeyProfile::Labelme, Command::Undo, "Ctrl+Z"},
    {KeyProfile::Labelme, Command::Fit, "Ctrl+F"},

    {KeyProfile::Qgis, Command::OpenProject, "Ctrl+O"},
    {KeyProfile::Qgis, Command::OpenImages, "Ctrl+L Ctrl+Shift+R"},
    {KeyProfile::Qgis, Command::Interpolate, "Ctrl+Alt+L"},
    {KeyProfile::Qgis, Command::TurnLeft, "Ctrl+Alt+Shift+R"},
    {KeyProfile::Qgis, Command::TurnRight, "Ctrl+Alt+R"},
    {KeyProfile::Qgis, Command::Fit, "Ctrl+Shift+F Ctrl+F"},
    {KeyProfile::Qgis, Command::SideBySide, "Ctrl+M"},
    {KeyProfile::Qgis, Command::FindCommand, "Ctrl+K F1"},
};

/// Portable text, several ways apart by a blank.
std::string textOf(Command command, KeyProfile profile) {
    QStringList texts;
    for (const QKeySequence& key : profileKeys(command, profile))
        texts << key.toString(QKeySequence::PortableText);
    return texts.join(u' ').toStdString();
}

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

TEST(KeyMap, EachProfileHasTheKeysThatItsProgramsAreKnownFor) {
    for (const KeyProfile profile : kProfiles) {
        for (const Command command : kAllCommands) {
            if (command >= Command::Class1 && command <= Command::Class0) continue;
            const auto* known = std::ranges::find_if(kKnownKeys, [&](const KnownKeys& keys) {
                return keys.profile == profile && keys.command == command;
            });
            const bool isOurs = known == std::end(kKnownKeys);
            EXPECT_EQ(textOf(command, profile), isOurs ? textOf(command, KeyProfile::Finebrush) : known->keys)
                << nameOf(command) << " in " << nameOf(profile);
        }
    }
}

TEST(KeyMap, DigitsAreOfTheClassesUnlessTheToolsHaveThem) {
    for (const KeyProfile profile : kProfiles) {
        const bool needsAlt = profile == KeyProfile::Napari || profile == KeyProfile::ItkSnap;
        for (int digit = 0; digit < kClassCommands; ++digit) {
            const QString key = (needsAlt ? QStringLiteral("Alt+%1") : QStringLiteral("%1")).arg(digit);
            EXPECT_EQ(textOf(classCommand(digit), profile), key.toStdString()) << nameOf(profile);
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
