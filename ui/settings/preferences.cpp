#include "ui/settings/preferences.h"

#include <QThread>

namespace finebrush {

namespace {

constexpr auto kLanguage = "language";
constexpr auto kTheme = "theme";
constexpr auto kKeyProfile = "key-profile";
constexpr auto kEngineCommand = "engine-command";
constexpr auto kEngineThreads = "engine-threads";
constexpr auto kModelFiles = "model-files";
constexpr auto kRecentProjects = "recent-projects";
constexpr auto kShowsSteps = "shows-steps";
constexpr auto kPressureSizes = "pressure-sizes";
constexpr auto kSecondContent = "second-view-content";
constexpr auto kSecondPlace = "second-view-place";
constexpr auto kFirstShare = "first-view-share";
constexpr auto kWindowGeometry = "window-geometry";
constexpr auto kWindowState = "window-state";

QString keysGroup(const QString& profile) {
    return QStringLiteral("keys-%1").arg(profile);
}

QString keyOf(ViewAid aid) {
    switch (aid) {
        case ViewAid::Minimap:
            return QStringLiteral("shows-minimap");
        case ViewAid::ScaleBar:
            return QStringLiteral("shows-scale-bar");
        case ViewAid::Grid:
            return QStringLiteral("shows-pixel-grid");
        case ViewAid::Hatches:
            return QStringLiteral("shows-hatches");
        case ViewAid::SecondView:
            return QStringLiteral("shows-second-view");
        case ViewAid::CrossLabels:
            return QStringLiteral("shows-labels-of-other-views");
    }
    return {};
}

/// The stored choice, or the first one where the file holds something else.
template <typename Choice>
Choice storedChoice(const QSettings& settings, const char* key, Choice last) {
    const int value = settings.value(key, 0).toInt();
    return value >= 0 && value <= static_cast<int>(last) ? static_cast<Choice>(value) : Choice{};
}

}  // namespace

QStringList keyProfileTitles() {
    return {QStringLiteral("Finebrush"), QStringLiteral("napari"), QStringLiteral("ITK-SNAP, 3D Slicer"),
            QStringLiteral("labelme, X-AnyLabeling"), QStringLiteral("QGIS")};
}

Preferences::Preferences(QObject* parent) : QObject(parent) {}

LanguageChoice Preferences::language() const {
    return storedChoice(settings_, kLanguage, LanguageChoice::Korean);
}

void Preferences::setLanguage(LanguageChoice choice) {
    if (choice == language()) return;
    settings_.setValue(kLanguage, static_cast<int>(choice));
    emit languageChanged();
}

ThemeChoice Preferences::theme() const {
    return storedChoice(settings_, kTheme, ThemeChoice::Dark);
}

void Preferences::setTheme(ThemeChoice choice) {
    if (choice == theme()) return;
    settings_.setValue(kTheme, static_cast<int>(choice));
    emit themeChanged();
}

KeyProfile Preferences::keyProfile() const {
    return storedChoice(settings_, kKeyProfile, KeyProfile::Qgis);
}

void Preferences::setKeyProfile(KeyProfile profile) {
    if (profile == keyProfile()) return;
    settings_.setValue(kKeyProfile, static_cast<int>(profile));
    emit keyProfileChanged();
}

KeyTexts Preferences::keyEdits(const QString& profile) const {
    QSettings settings;
    settings.beginGroup(keysGroup(profile));
    KeyTexts edits;
    for (const QString& command : settings.childKeys())
        edits[command] = settings.value(command).toStringList();
    return edits;
}

void Preferences::setKeyEdits(const QString& profile, const KeyTexts& edits) {
    settings_.beginGroup(keysGroup(profile));
    settings_.remove(QString());
    for (const auto& [command, keys] : edits.asKeyValueRange()) settings_.setValue(command, keys);
    settings_.endGroup();
    emit keyEditsChanged();
}

QString Preferences::engineCommand() const {
    return settings_.value(kEngineCommand).toString();
}

void Preferences::setEngineCommand(const QString& command) {
    settings_.setValue(kEngineCommand, command);
}

int Preferences::engineThreads() const {
    return std::clamp(settings_.value(kEngineThreads, 0).toInt(), 0, QThread::idealThreadCount());
}

void Preferences::setEngineThreads(int threads) {
    settings_.setValue(kEngineThreads, threads);
}

QStringList Preferences::modelFiles() const {
    return settings_.value(kModelFiles).toStringList();
}

void Preferences::addModelFile(const QString& path) {
    QStringList paths = modelFiles();
    if (!paths.contains(path)) settings_.setValue(kModelFiles, paths << path);
}

void Preferences::removeModelFile(const QString& path) {
    QStringList paths = modelFiles();
    if (paths.removeAll(path) > 0) settings_.setValue(kModelFiles, paths);
}

QStringList Preferences::recentProjects() const {
    return settings_.value(kRecentProjects).toStringList();
}

void Preferences::addRecentProject(const QString& path) {
    QStringList paths = recentProjects();
    paths.removeAll(path);
    paths.prepend(path);
    settings_.setValue(kRecentProjects, paths.mid(0, kMaxRecentFiles));
    emit recentProjectsChanged();
}

bool Preferences::showsSteps() const {
    return settings_.value(kShowsSteps, true).toBool();
}

void Preferences::setShowsSteps(bool shows) {
    settings_.setValue(kShowsSteps, shows);
}

bool Preferences::shows(ViewAid aid) const {
    const bool isUsual = aid == ViewAid::Minimap || aid == ViewAid::ScaleBar || aid == ViewAid::CrossLabels;
    return settings_.value(keyOf(aid), isUsual).toBool();
}

void Preferences::setShows(ViewAid aid, bool shows) {
    settings_.setValue(keyOf(aid), shows);
}

bool Preferences::pressureSizes() const {
    return settings_.value(kPressureSizes, true).toBool();
}

void Preferences::setPressureSizes(bool sizes) {
    settings_.setValue(kPressureSizes, sizes);
}

SecondContent Preferences::secondContent() const {
    return storedChoice(settings_, kSecondContent, SecondContent::Earlier);
}

void Preferences::setSecondContent(SecondContent content) {
    settings_.setValue(kSecondContent, static_cast<int>(content));
}

SecondPlace Preferences::secondPlace() const {
    return storedChoice(settings_, kSecondPlace, SecondPlace::Below);
}

void Preferences::setSecondPlace(SecondPlace place) {
    settings_.setValue(kSecondPlace, static_cast<int>(place));
}

double Preferences::firstShare() const {
    const double share = settings_.value(kFirstShare, 0.5).toDouble();
    return share > 0 && share < 1 ? share : 0.5;
}

void Preferences::setFirstShare(double share) {
    settings_.setValue(kFirstShare, share);
}

QByteArray Preferences::windowGeometry() const {
    return settings_.value(kWindowGeometry).toByteArray();
}

QByteArray Preferences::windowState() const {
    return settings_.value(kWindowState).toByteArray();
}

void Preferences::setWindowLayout(const QByteArray& geometry, const QByteArray& state) {
    settings_.setValue(kWindowGeometry, geometry);
    settings_.setValue(kWindowState, state);
}

}  // namespace finebrush
