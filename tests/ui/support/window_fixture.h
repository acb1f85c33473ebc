#pragma once

#include "tests/ui/support/fake_engine.h"
#include "ui/bridge/engine_log.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/main_window/main_window.h"
#include "ui/settings/preferences.h"

#include <QTemporaryDir>
#include <QTest>
#include <gmock/gmock.h>

namespace finebrush::testing {

/// The whole window over a real session, with an engine that says what the test makes it say.
class WindowFixture : public ::testing::Test {
  protected:
    static constexpr int kPatience = 20000;  ///< ms that a test waits at most; it never just sleeps

    /// `launcher` starts the engine; empty: it is `engine_`.
    explicit WindowFixture(EngineLauncher launcher = {});
    /// The next test finds the usual tools.
    ~WindowFixture() override;

    /// A grey PNG in the folder of the test.
    QString makeImage(const QString& name, PixelSize size);
    /// Opens files through the window and waits until the first of them is shown.
    void openAndWait(const QStringList& paths);
    /// Waits until a slice, such as "axial:4", is shown.
    void waitForSlice(const char* text);
    /// Drags from one point of the image to another.
    void drag(PointInImage from, PointInImage to, Qt::MouseButton button = Qt::LeftButton);
    QPoint viewAt(PointInImage point) const;

    /// Paints with two classes and adapts, until the engine has been told to.
    void adaptUntilHeard();
    /// A prediction of the shown image: one class everywhere.
    messages::Prediction predictionOf(uint8_t value);

    template <typename Widget>
    Widget* child(const char* objectName) const {
        auto* found = window_.findChild<Widget*>(QLatin1String(objectName));
        EXPECT_NE(found, nullptr) << objectName;
        return found;
    }

    Session& session() { return bridge_.session(); }
    CanvasView& canvas() { return *child<CanvasView>("CanvasView"); }

    QTemporaryDir folder_;
    FakeEngine engine_;
    Preferences preferences_;
    EngineLog engineLog_;
    SessionBridge bridge_;
    MainWindow window_;
};

}  // namespace finebrush::testing
