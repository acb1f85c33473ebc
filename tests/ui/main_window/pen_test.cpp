// A pen on the canvas, by the events that a tablet sends.
#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QSpinBox>

namespace finebrush {
namespace {

using testing::WindowFixture;
using Pointer = QPointingDevice::PointerType;

constexpr double kSize = 20;  // px of the image

class PenTest : public WindowFixture {
  protected:
    PenTest() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {200, 150})});
        child<QSpinBox>("BrushSize")->setValue(static_cast<int>(kSize));
    }
    ~PenTest() override { preferences_.setPressureSizes(true); }

    static QPointingDevice makePen(Pointer type, bool feelsPressure = true) {
        QInputDevice::Capabilities capabilities = QInputDevice::Capability::Position;
        if (feelsPressure) capabilities |= QInputDevice::Capability::Pressure;
        return {QStringLiteral("pen"), 7, QInputDevice::DeviceType::Stylus, type, capabilities, 1, 3};
    }

    /// Returns whether the canvas took it.
    bool send(QEvent::Type type, PointInImage point, double pressure, const QPointingDevice& pen,
              Qt::MouseButton button = Qt::LeftButton) {
        const bool isDown = type != QEvent::TabletRelease && button != Qt::NoButton;
        const QPointF inView = viewAt(point);
        QTabletEvent event(type, &pen, inView, canvas().mapToGlobal(inView), pressure, 0, 0, 0, 0, 0,
                           Qt::NoModifier, type == QEvent::TabletMove ? Qt::NoButton : button,
                           isDown ? button : Qt::NoButton);
        QCoreApplication::sendEvent(&canvas(), &event);
        return event.isAccepted();
    }
    void stroke(PointInImage from, double pressureThere, PointInImage to, double pressureHere,
                const QPointingDevice& pen) {
        EXPECT_TRUE(send(QEvent::TabletPress, from, pressureThere, pen));
        EXPECT_TRUE(send(QEvent::TabletMove, to, pressureHere, pen));
        EXPECT_TRUE(send(QEvent::TabletRelease, to, 0, pen));
    }
    void sendMouse(QEvent::Type type, PointInImage point, Qt::MouseEventSource source) {
        const QPointF inView = viewAt(point);
        const QPointF global = canvas().mapToGlobal(inView);
        const bool isMove = type == QEvent::MouseMove;
        QMouseEvent event(type, inView, inView, global, isMove ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier,
                          source);
        QCoreApplication::sendEvent(&canvas(), &event);
    }

    /// Labelled pixels of a column.
    int heightAt(int x) {
        int height = 0;
        for (int y = 0; y < 150; ++y) height += session().labels().at(x, y) != kUnlabelled;
        return height;
    }

    QPointingDevice pen_ = makePen(Pointer::Pen);
};

TEST_F(PenTest, TheSizeFollowsThePressureEvenlyAlongAStroke) {
    stroke({30, 70}, 0.2, {130, 70}, 1, pen_);
    EXPECT_NEAR(heightAt(30), 0.2 * kSize, 2);
    EXPECT_NEAR(heightAt(80), 0.6 * kSize, 2);
    EXPECT_NEAR(heightAt(130), kSize, 2);
    for (int x = 31; x < 130; ++x) EXPECT_LE(heightAt(x - 1), heightAt(x)) << x;
}

TEST_F(PenTest, APressedStrokeIsOneStepAndComesBackExactly) {
    stroke({30, 70}, 0.3, {130, 40}, 0.9, pen_);
    const IndexMask painted = session().labels().toMask();
    child<QAction>("Undo")->trigger();
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_FALSE(session().canUndo());
    child<QAction>("Redo")->trigger();
    EXPECT_EQ(session().labels().toMask().values, painted.values);
}

TEST_F(PenTest, WithoutTheSettingAPenPaintsAsAMouse) {
    child<QAction>("PressureSizes")->setChecked(false);
    stroke({30, 70}, 0.2, {130, 70}, 0.4, pen_);
    EXPECT_NEAR(heightAt(80), kSize, 1);
    EXPECT_FALSE(Preferences().pressureSizes());
}

TEST_F(PenTest, APenThatFeelsNothingPaintsTheWholeSize) {
    stroke({30, 70}, 0, {130, 70}, 0, makePen(Pointer::Pen, false));
    EXPECT_NEAR(heightAt(80), kSize, 1);
}

TEST_F(PenTest, TheMouseDoesNotFeelPressure) {
    stroke({30, 30}, 0.2, {60, 30}, 0.2, pen_);
    drag({100, 70}, {130, 70});
    EXPECT_NEAR(heightAt(110), kSize, 1);
}

TEST_F(PenTest, TheEraserEndErases) {
    drag({30, 70}, {130, 70});
    stroke({80, 70}, 1, {80, 71}, 1, makePen(Pointer::Eraser));
    EXPECT_EQ(session().labels().at(80, 70), kUnlabelled);
    EXPECT_NE(session().labels().at(40, 70), kUnlabelled);
}

TEST_F(PenTest, WhatTheSystemMakesOfAPenForTheMousePaintsNothingMore) {
    QSignalSpy presses(&canvas(), &CanvasView::pressed);
    QSignalSpy drags(&canvas(), &CanvasView::dragged);
    QSignalSpy releases(&canvas(), &CanvasView::released);
    const auto echo = Qt::MouseEventSynthesizedBySystem;
    send(QEvent::TabletMove, {30, 70}, 0, pen_, Qt::NoButton);
    sendMouse(QEvent::MouseButtonPress, {30, 70}, echo);  // may come before the pen's own
    send(QEvent::TabletPress, {30, 70}, 0.2, pen_);
    sendMouse(QEvent::MouseButtonPress, {30, 70}, echo);
    sendMouse(QEvent::MouseMove, {60, 70}, Qt::MouseEventNotSynthesized);
    send(QEvent::TabletMove, {90, 70}, 0.2, pen_);
    sendMouse(QEvent::MouseMove, {90, 70}, echo);
    sendMouse(QEvent::MouseButtonRelease, {90, 70}, echo);  // may come before the pen's own
    send(QEvent::TabletMove, {130, 70}, 0.2, pen_);
    send(QEvent::TabletRelease, {130, 70}, 0, pen_);
    sendMouse(QEvent::MouseButtonPress, {130, 70}, echo);
    sendMouse(QEvent::MouseButtonRelease, {130, 70}, echo);
    EXPECT_EQ(presses.count(), 1);
    EXPECT_EQ(drags.count(), 2);
    EXPECT_EQ(releases.count(), 1);
    EXPECT_NEAR(heightAt(80), 0.2 * kSize, 2);

    sendMouse(QEvent::MouseButtonPress, {30, 120}, Qt::MouseEventNotSynthesized);
    sendMouse(QEvent::MouseButtonRelease, {30, 120}, Qt::MouseEventNotSynthesized);
    EXPECT_EQ(presses.count(), 2) << "the mouse itself paints again";
}

TEST_F(PenTest, WhereNoBrushPaintsThePenIsAMouse) {
    child<QAction>("PolygonTool")->trigger();
    EXPECT_FALSE(send(QEvent::TabletPress, {30, 70}, 1, pen_));
    // Which Qt then makes of it.
    QSignalSpy presses(&canvas(), &CanvasView::pressed);
    sendMouse(QEvent::MouseButtonPress, {30, 70}, Qt::MouseEventSynthesizedByQt);
    EXPECT_EQ(presses.count(), 1);
}

TEST_F(PenTest, SpaceMovesTheImageUnderThePen) {
    canvas().zoomTo(12);
    canvas().setFocus();
    const PointInImage before = canvas().transform().imageFromView(QPointF(100, 100));
    QTest::keyPress(&canvas(), Qt::Key_Space);
    stroke({80, 70}, 1, {90, 75}, 1, pen_);
    QTest::keyRelease(&canvas(), Qt::Key_Space);
    EXPECT_TRUE(session().labels().isEmpty());
    EXPECT_NE(canvas().transform().imageFromView(QPointF(100, 100)).x, before.x);
}

}  // namespace
}  // namespace finebrush
