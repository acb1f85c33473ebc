#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSettings>
#include <QStringList>

namespace finebrush {

/// Which language the window speaks.
enum class LanguageChoice { System, English, Korean };

/// Which colours the window wears.
enum class ThemeChoice { System, Light, Dark };

/// After which programs the keys are named: our own, or those that a person has in the fingers.
enum class KeyProfile { Finebrush, Napari, ItkSnap, Labelme, Qgis };

/// What the programs of the profiles are called, in the order of `KeyProfile`.
QStringList keyProfileTitles();

/// Keys as portable texts ("Shift+B"), by the name of their command.
using KeyTexts = QMap<QString, QStringList>;

/// What helps to see and to find one's way on the canvas.
enum class ViewAid { Minimap, ScaleBar, Grid, Hatches, SideBySide, ThreePlanes, CrossLabels };

/// What the view beside the canvas shows over the image, where `Earlier` is the prediction of before the last
/// adaptation; or `Apart`: two views, of the labels and of the prediction, and the canvas has the image
/// alone.
enum class LinkedContent { Image, Labels, Prediction, Earlier, Apart };

/// Where the linked views lie: as the shape of the window has it, or always so.
enum class LinkedPlace { ByShape, Beside, Below };

/// Numbers that a person sets while working and finds again at the next start.
enum class WorkSetting { Tool, BrushSize, WandTolerance, LabelOpacity, PredictionOpacity };

/// What the person has chosen and what the window remembers from one run to the next. Kept by QSettings under
/// the application's name.
class Preferences : public QObject {
    Q_OBJECT

  public:
    static constexpr int kMaxRecentFiles = 10;

    explicit Preferences(QObject* parent = nullptr);

    LanguageChoice language() const;
    void setLanguage(LanguageChoice choice);

    ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);

    KeyProfile keyProfile() const;
    void setKeyProfile(KeyProfile profile);

    /// What the person has changed of the keys of a profile, by the profile's name.
    KeyTexts keyEdits(const QString& profile) const;
    void setKeyEdits(const QString& profile, const KeyTexts& edits);

    /// The command that starts the engine, such as "ssh gpu-box finebrush-engine serve"; empty: the one
    /// beside the window.
    QString engineCommand() const;
    void setEngineCommand(const QString& command);

    /// Threads of the engine; 0: all cores.
    int engineThreads() const;
    void setEngineThreads(int threads);

    /// Checkpoints of the person's own that are offered beside the engine's default one.
    QStringList modelFiles() const;
    void addModelFile(const QString& path);
    void removeModelFile(const QString& path);

    /// Projects that were opened or saved, newest first.
    QStringList recentProjects() const;
    void addRecentProject(const QString& path);

    /// The folder in which a dialog for files was used last, by the name of the dialog; empty at first.
    QString usedFolder(const QString& dialog) const;
    void setUsedFolder(const QString& dialog, const QString& folder);

    /// True until the person has closed the three-step hint.
    bool showsSteps() const;
    void setShowsSteps(bool shows);

    /// Whether something that helps on the canvas is shown.
    bool shows(ViewAid aid) const;
    void setShows(ViewAid aid, bool shows);

    /// Whether the pressure of a pen changes the size of the brush.
    bool pressureSizes() const;
    void setPressureSizes(bool sizes);
    /// `usual` where nothing is kept, or what is kept lies out of bounds.
    int workSetting(WorkSetting setting, int usual, int lowest, int highest) const;
    void setWorkSetting(WorkSetting setting, int value);
    LinkedContent linkedContent() const;
    void setLinkedContent(LinkedContent content);
    LinkedPlace linkedPlace() const;
    void setLinkedPlace(LinkedPlace place);
    /// How several views share the room, each with 0..1 of it, together 1; kept for each number of views.
    QList<double> viewShares(int views) const;
    void setViewShares(const QList<double>& shares);

    /// Geometry of the window and the state of its docks; empty at the first start.
    QByteArray windowGeometry() const;
    QByteArray windowState() const;
    void setWindowLayout(const QByteArray& geometry, const QByteArray& state);

  signals:
    void languageChanged();
    void themeChanged();
    void keyProfileChanged();
    void keyEditsChanged();
    void recentProjectsChanged();

  private:
    QSettings settings_;
};

}  // namespace finebrush
