#include "tests/ui/support/window_fixture.h"

#include "ui/bridge/conversions.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPushButton>
#include <QSettings>

namespace finebrush::testing {

WindowFixture::WindowFixture(EngineLauncher launcher)
    : bridge_(launcher ? std::move(launcher) : engine_.launcher(),
              toPath(folder_.filePath(QStringLiteral("recovery")))),
      window_(bridge_, preferences_, engineLog_) {
    window_.resize(1280, 800);
    window_.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&window_));
}

WindowFixture::~WindowFixture() {
    QSettings().remove(QStringLiteral("work"));
}

QString WindowFixture::makeImage(const QString& name, PixelSize size) {
    QImage image(size.width, size.height, QImage::Format_RGB888);
    image.fill(QColor(90, 90, 90));
    const QString path = folder_.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    EXPECT_TRUE(image.save(path));
    return path;
}

void WindowFixture::openAndWait(const QStringList& paths) {
    window_.start(paths);
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().shownImage() != nullptr; }, kPatience));
}

QPoint WindowFixture::viewAt(PointInImage point) const {
    return child<CanvasView>("CanvasView")->transform().viewFromImage(point).toPoint();
}

void WindowFixture::waitForSlice(const char* text) {
    EXPECT_TRUE(QTest::qWaitFor([&] { return session().shownImage()->slice == sliceFromText(text).value(); },
                                kPatience))
        << text << " is not shown";
}

void WindowFixture::drag(PointInImage from, PointInImage to, Qt::MouseButton button) {
    QTest::mousePress(&canvas(), button, {}, viewAt(from));
    QTest::mouseMove(&canvas(), viewAt(to));
    QTest::mouseRelease(&canvas(), button, {}, viewAt(to));
}

void WindowFixture::adaptUntilHeard() {
    QTest::keyClick(&window_, Qt::Key_1);
    drag({20, 20}, {60, 20});
    QTest::keyClick(&window_, Qt::Key_2);
    drag({20, 60}, {60, 60});
    QTest::mouseClick(child<QPushButton>("Adapt"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return engine_.isRunning(); }, kPatience));
    messages::Hello hello;
    hello.version = "test";
    engine_.say(hello);
    ASSERT_TRUE(QTest::qWaitFor([this] { return engine_.heard<messages::Adapt>() != nullptr; }, kPatience));
}

messages::Prediction WindowFixture::predictionOf(uint8_t value) {
    const auto shown = session().shownImage();
    messages::Prediction prediction;
    prediction.imageId = shown->id;
    prediction.step = 1;
    prediction.mask = {shown->pixels.size,
                       std::vector<uint8_t>(static_cast<size_t>(shown->pixels.size.area()), value)};
    return prediction;
}

}  // namespace finebrush::testing
