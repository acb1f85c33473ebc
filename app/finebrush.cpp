#include "core/base/log.h"
#include "ui/bridge/conversions.h"
#include "ui/bridge/engine_log.h"
#include "ui/bridge/engine_process.h"
#include "ui/bridge/session_bridge.h"
#include "ui/main_window/main_window.h"
#include "ui/settings/language.h"
#include "ui/settings/preferences.h"
#include "ui/settings/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QStandardPaths>

namespace {

/// The images, folders and projects to open, as absolute paths.
QStringList pathsToOpen(const QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Paint a few strokes, adapt the model, and let it do the rest.");
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sample("sample", "Open the sample images with their strokes.");
    parser.addOption(sample);
    parser.addPositionalArgument(
        "paths", "Images, a .finebrush project, or folders with images/ and labels/.", "[paths...]");
    parser.process(application);
    QStringList paths = parser.positionalArguments();
    if (parser.isSet(sample)) paths << QApplication::applicationDirPath() + "/../share/finebrush/sample";
    for (QString& path : paths) path = QFileInfo(path).absoluteFilePath();
    return paths;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace finebrush;
    startLog("finebrush");
    QApplication application(argc, argv);
    QApplication::setApplicationName("finebrush");
    QApplication::setOrganizationName("Finebrush");
    QApplication::setApplicationVersion(FINEBRUSH_VERSION);
    QApplication::setDesktopFileName("finebrush");
    QApplication::setWindowIcon(QIcon(":/icons/finebrush.svg"));
    const QStringList paths = pathsToOpen(application);

    Preferences preferences;
    LanguageSwitch language;
    const auto dress = [&] { applyTheme(application, preferences.theme()); };
    const auto speak = [&] { language.apply(preferences.language()); };
    QObject::connect(&preferences, &Preferences::themeChanged, &application, dress);
    QObject::connect(&preferences, &Preferences::languageChanged, &application, speak);
    dress();
    speak();

    EngineLog engineLog;
    const QString recovery = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/recovery";
    SessionBridge bridge(
        [&](EngineTransport::Events events) {
            return EngineProcess::launch(engineCommand(preferences.engineCommand()), std::move(events),
                                         engineLog);
        },
        toPath(recovery));
    MainWindow window(bridge, preferences, engineLog);
    window.show();
    window.start(paths);
    return QApplication::exec();
}
