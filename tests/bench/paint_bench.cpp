// Paints on a huge image with mouse events through the real window, and prints how long each took to be seen.

#include "core/image/raster/gdal_environment.h"
#include "ui/bridge/conversions.h"
#include "ui/bridge/engine_log.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/linked_view.h"
#include "ui/main_window/main_window.h"
#include "ui/settings/preferences.h"
#include "ui/tools/tool_box.h"

#include <CLI/CLI.hpp>
#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QMouseEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <vector>

namespace finebrush {
namespace {

constexpr int kPatience = 600000;  // ms until the image is there
constexpr int kStrokes = 20;
constexpr int kMovesPerStroke = 150;

/// Notes when the canvas has painted.
class PaintWatch : public QObject {
  public:
    explicit PaintWatch(QWidget& watched) { watched.installEventFilter(this); }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) painted = true;
        return QObject::eventFilter(watched, event);
    }
    bool painted = false;
};

/// A training of the sample on all cores, at the priority of a window's engine.
class Training {
  public:
    /// Blocks until it makes steps; false where it does not come to that.
    bool start(const QString& engine) {
        const QString sample = QStringLiteral(FINEBRUSH_SOURCE_DIR "/resources/sample");
        const QString events = folder_.filePath(QStringLiteral("events.jsonl"));
        process_.setProcessChannelMode(QProcess::MergedChannels);
        process_.start(
            QStringLiteral("nice"),
            {QStringLiteral("-n"), QStringLiteral("5"), engine, QStringLiteral("adapt"),
             QStringLiteral("--images"), sample + QStringLiteral("/images"), QStringLiteral("--labels"),
             sample + QStringLiteral("/labels"), QStringLiteral("--classes"),
             sample + QStringLiteral("/classes.json"), QStringLiteral("--out"),
             folder_.filePath(QStringLiteral("adapter")), QStringLiteral("--events"), events,
             QStringLiteral("--steps"), QStringLiteral("1000000")});
        const auto hasStep = [&] {
            return QFileInfo(events).size() > 0 || process_.state() == QProcess::NotRunning;
        };
        if (QTest::qWaitFor(hasStep, kPatience) && isRunning()) return true;
        std::cerr << process_.readAll().toStdString();
        return false;
    }
    bool isRunning() const { return process_.state() == QProcess::Running; }
    ~Training() {
        process_.kill();
        process_.waitForFinished();
    }

  private:
    QTemporaryDir folder_;
    QProcess process_;
};

void send(QWidget& canvas, QEvent::Type type, QPointF place, Qt::MouseButton button,
          Qt::MouseButtons buttons) {
    QMouseEvent event(type, place, canvas.mapToGlobal(place), button, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(&canvas, &event);
}

/// Draws strokes around the middle of the view, which `goOn` may move before each of them; ms from each
/// movement of the mouse until it is painted, also in the second view where there is one.
std::vector<double> paint(CanvasView& canvas, QWidget* second, const std::function<void()>& goOn) {
    PaintWatch watch(canvas);
    PaintWatch secondWatch(second ? *second : canvas);
    std::vector<double> milliseconds;
    const QPointF middle = QRectF(canvas.rect()).center();
    const QPointF reach(canvas.width() * 0.42, canvas.height() * 0.42);
    double angle = 0;
    const auto next = [&] {
        angle += 0.045;
        return middle + QPointF(reach.x() * std::cos(angle), reach.y() * std::sin(1.37 * angle));
    };
    for (int stroke = 0; stroke < kStrokes; ++stroke) {
        goOn();
        send(canvas, QEvent::MouseButtonPress, next(), Qt::LeftButton, Qt::LeftButton);
        QCoreApplication::processEvents();
        QPointF place;
        for (int move = 0; move < kMovesPerStroke; ++move) {
            place = next();
            watch.painted = secondWatch.painted = false;
            QElapsedTimer timer;
            timer.start();
            send(canvas, QEvent::MouseMove, place, Qt::NoButton, Qt::LeftButton);
            while (!watch.painted || !secondWatch.painted) QCoreApplication::processEvents();
            milliseconds.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        send(canvas, QEvent::MouseButtonRelease, place, Qt::LeftButton, Qt::NoButton);
        QCoreApplication::processEvents();
    }
    return milliseconds;
}

void report(const char* what, std::vector<double> milliseconds) {
    std::ranges::sort(milliseconds);
    const auto percentile = [&](double part) {
        return milliseconds[static_cast<size_t>(part * static_cast<double>(milliseconds.size() - 1))];
    };
    std::printf("%-34s 50 %%: %6.2f ms   95 %%: %6.2f ms   99 %%: %6.2f ms   most: %6.2f ms\n", what,
                percentile(0.5), percentile(0.95), percentile(0.99), milliseconds.back());
    std::fflush(stdout);
}

/// A tiled GeoTIFF with something in every tile, and with overviews: it is read by tiles, as maps are. Empty
/// where it cannot be written.
QString makePicture(const QTemporaryDir& folder, int side) {
    constexpr int kRows = 256;
    constexpr int kCoarsest = 2048;  // what is in memory anyway
    prepareGdal();
    const QString path = folder.filePath(QStringLiteral("huge.tif"));
    const char* options[] = {"TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "NUM_THREADS=ALL_CPUS", nullptr};
    const GDALDatasetUniquePtr image(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.toUtf8(), side, side, 1, GDT_Byte, const_cast<char**>(options)));
    if (!image) return {};
    std::vector<uint8_t> rows(static_cast<size_t>(side) * kRows);
    for (int top = 0; top < side; top += kRows) {
        const int count = std::min(kRows, side - top);
        size_t pixel = 0;
        for (int y = top; y < top + count; ++y)
            for (int x = 0; x < side; ++x) rows[pixel++] = static_cast<uint8_t>((x / 7 * 31) ^ (y / 5 * 17));
        if (image->GetRasterBand(1)->RasterIO(GF_Write, 0, top, side, count, rows.data(), side, count,
                                              GDT_Byte, 0, 0, nullptr) != CE_None)
            return {};
    }
    std::vector<int> factors;
    for (int factor = 2; side / factor * 2 > kCoarsest; factor *= 2) factors.push_back(factor);
    const int count = static_cast<int>(factors.size());
    const bool isWhole = count == 0 || image->BuildOverviews("AVERAGE", count, factors.data(), 0, nullptr,
                                                             nullptr, nullptr) == CE_None;
    return isWhole ? path : QString();
}

int run(QString path, int side, int diameter, bool hasSecondView, const QString& engine) {
    const QTemporaryDir folder;
    if (path.isEmpty()) path = makePicture(folder, side);
    Preferences preferences;
    EngineLog log;
    SessionBridge bridge(
        [](const EngineTransport::Events&) -> Result<std::unique_ptr<EngineTransport>> {
            return failure(ErrorCode::EngineNotStarted, {"none"});
        },
        toPath(folder.filePath(QStringLiteral("recovery"))));
    MainWindow window(bridge, preferences, log);
    window.resize(1280, 800);
    window.show();
    window.start({path});
    if (!QTest::qWaitFor([&] { return bridge.session().shownImage() != nullptr; }, kPatience)) {
        std::cerr << "the image was not opened\n";
        return 1;
    }
    const PixelSize size = bridge.session().shownImage()->pixels.size;
    const bool isLarge = bridge.session().shownImage()->raster != nullptr;
    auto& canvas = *window.findChild<CanvasView*>();
    window.findChild<ToolBox*>()->setDiameter(diameter);
    window.findChild<QAction*>(QStringLiteral("SecondShowsLabels"))->trigger();
    window.findChild<QAction*>(QStringLiteral("SideBySide"))->setChecked(hasSecondView);
    QCoreApplication::processEvents();
    auto* second = window.findChild<LinkedView*>();
    std::printf("%d × %d px, %s, brush of %d px, canvas of %d × %d px, %s second view\n", size.width,
                size.height, isLarge ? "read by tiles" : "whole in memory", diameter, canvas.width(),
                canvas.height(), second ? "and a" : "no");
    int places = 0;
    const auto paintAll = [&](const QString& beside) {
        for (const bool isFitted : {false, true}) {
            if (isFitted) {
                canvas.fit();
            } else {
                canvas.zoomTo(1);
            }
            QTest::qWait(500);
            const QString zoom = isFitted ? QStringLiteral("the whole image") : QStringLiteral("at 100 %");
            report(QStringLiteral("%1, %2").arg(zoom, beside).toUtf8(), paint(canvas, second, [] {}));
        }
        if (!isLarge) return;
        canvas.zoomTo(1);
        // Somewhere else before each stroke: the tiles there arrive while it is drawn. Not at the borders,
        // since nothing is painted outside.
        const std::vector<double> milliseconds = paint(canvas, second, [&] {
            const auto part = [&](double step) { return 0.1 + 0.8 * std::fmod(step * places, 1.0); };
            ++places;
            canvas.centreOn({part(0.754878) * size.width, part(0.569840) * size.height});
        });
        report(QStringLiteral("going about, %1").arg(beside).toUtf8(), milliseconds);
    };
    paintAll(QStringLiteral("nothing else"));
    Training training;
    if (!training.start(engine)) return 1;
    paintAll(QStringLiteral("beside a training"));
    if (!training.isRunning()) {
        std::cerr << "the training ended before the painting\n";
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace finebrush

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("finebrush-paint-bench"));
    CLI::App app("Times strokes from the mouse to the screen.");
    int side = 16000, diameter = 200;
    bool hasSecondView = false;
    std::string file;
    app.add_option("--file", file, "The image; else a GeoTIFF is made")->check(CLI::ExistingFile);
    app.add_option("--side", side, "Of the image that is made, in px")->check(CLI::Range(100, 30000));
    app.add_option("--brush", diameter, "Diameter, in px")->check(CLI::Range(1, 1000));
    app.add_flag("--second-view", hasSecondView, "Side by side with a view of the labels");
    std::string engine = FINEBRUSH_BINARY_DIR "/bin/finebrush-engine";
    app.add_option("--engine", engine, "Trains meanwhile")->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);
    return finebrush::run(QString::fromStdString(file), side, diameter, hasSecondView,
                          QString::fromStdString(engine));
}
