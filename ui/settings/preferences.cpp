#include "ui/settings/preferences.h"

#include <QThread>

#include <algorithm>

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
constexpr auto kLinkedContent = "second-view-content";
constexpr auto kLinkedPlace = "second-view-place";
constexpr auto kWindowGeometry = "window-geometry";
constexpr auto kWindowState = "window-state";

QString folderKey(const QString& dialog) {
    return QStringLiteral("folder-of-%1").arg(dialog);
}

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
        case ViewAid::SideBySide:
            return QStringLiteral("shows-second-view");
        case ViewAid::ThreePlanes:
            return QStringLiteral("shows-three-planes");
        case ViewAid::CrossLabels:
            return QStringLiteral("shows-labels-of-other-views");
    }
    return {};
}

QString keyOf(WorkSetting setting) {
    switch (setting) {
        case WorkSetting::Tool:
            return QStringLiteral("work/tool");
        case WorkSetting::BrushSize:
            return QStringLiteral("work/brush-size");
        case WorkSetting::WandTolerance:
            return QStringLiteral("work/wand-tolerance");
        case WorkSetting::LabelOpacity:
            return QStringLiteral("work/label-opacity");
        case WorkSetting::PredictionOpacity:
            return QStringLiteral("work/prediction-opacity");
    }
    return {};
}

/// Of the share of a view, counted from 1.
QString shareKey(int view, int views) {
    return views == 2 ? QStringLiteral("first-view-share")
                      : QStringLiteral("share-of-view-%1-of-%2").arg(view).arg(views);
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

QString Preferences::usedFolder(const QString& dialog) const {
    return settings_.value(folderKey(dialog)).toString();
}

void Preferences::setUsedFolder(const QString& dialog, const QString& folder) {
    settings_.setValue(folderKey(dialog), folder);
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

int Preferences::workSetting(WorkSetting setting, int usual, int lowest, int highest) const {
    bool isNumber = false;
    const int kept = settings_.value(keyOf(setting)).toInt(&isNumber);
    return isNumber && kept >= lowest && kept <= highest ? kept : usual;
}

void Preferences::setWorkSetting(WorkSetting setting, int value) {
    settings_.setValue(keyOf(setting), value);
}

LinkedContent Preferences::linkedContent() const {
    return storedChoice(settings_, kLinkedContent, LinkedContent::Apart);
}

void Preferences::setLinkedContent(LinkedContent content) {
    settings_.setValue(kLinkedContent, static_cast<int>(content));
}

LinkedPlace Preferences::linkedPlace() const {
    return storedChoice(settings_, kLinkedPlace, LinkedPlace::Below);
}

void Preferences::setLinkedPlace(LinkedPlace place) {
    settings_.setValue(kLinkedPlace, static_cast<int>(place));
}

QList<double> Preferences::viewShares(int views) const {
    const double equal = 1.0 / views;
    QList<double> shares;
    double rest = 1;  // of the last one, which is not stored
    for (int view = 1; view < views; ++view) {
        shares << settings_.value(shareKey(view, views), equal).toDouble();
        rest -= shares.last();
    }
    shares << rest;
    const bool isSound = std::ranges::all_of(shares, [](double share) { return share > 0; });
    return isSound ? shares : QList<double>(views, equal);
}

void Preferences::setViewShares(const QList<double>& shares) {
    const int views = static_cast<int>(shares.size());
    for (int view = 1; view < views; ++view) settings_.setValue(shareKey(view, views), shares[view - 1]);
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
