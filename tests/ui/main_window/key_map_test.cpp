#include "ui/main_window/key_map.h"

#include "tests/core/image/volume_fixtures.h"
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

TEST(KeyMap, NoKeyMeansTwoThings) {
    for (const KeyProfile profile : kProfiles) {
        // What the canvas itself takes.
        std::map<QString, std::string> taken = {{QStringLiteral("Space"), "pan"},
                                                {QStringLiteral("Esc"), "cancel"},
                                                {QStringLiteral("Tab"), "next mask"},
                                                {QStringLiteral("Backspace"), "step back"}};
        const auto take = [&](const QKeySequence& key, const std::string& by) {
            ASSERT_EQ(key.count(), 1) << by;
            const auto [place, isFree] = taken.emplace(key.toString(), by);
            EXPECT_TRUE(isFree) << key.toString().toStdString() << " is of " << place->second << " and of "
                                << by << " in profile " << static_cast<int>(profile);
        };
        for (int place = 0; place < kClassKeys; ++place) {
            take(classKey(place, profile), "class " + std::to_string(place));
        }
        for (size_t command = 0; command < kCommandCount; ++command) {
            for (const QKeySequence& key : keysOf(static_cast<Command>(command), profile))
                take(key, "command " + std::to_string(command));
        }
    }
}

TEST(KeyMap, WhatHasAKeyHasOneInEveryProfile) {
    for (size_t i = 0; i < kCommandCount; ++i) {
        const auto command = static_cast<Command>(i);
        if (keysOf(command, KeyProfile::Finebrush).isEmpty()) continue;
        for (const KeyProfile profile : kProfiles) {
            EXPECT_FALSE(keysOf(command, profile).isEmpty()) << "command " << i;
        }
    }
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
