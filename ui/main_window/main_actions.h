#pragma once

#include <QAction>
#include <QObject>

#include <array>

class QMenu;

namespace finebrush {

/// Everything that the window can be told to do by a menu, a button of the tool bar or a key.
enum class Command {
    NewProject,
    OpenImages,
    OpenFolder,
    OpenProject,
    FindImages,
    ImportLabels,
    ImportClasses,
    Save,
    SaveAs,
    ExportMasks,
    ExportOverlays,
    ExportCoco,
    ExportLabelme,
    ExportGeoTiff,
    ExportGeoPackage,
    ExportGeoJson,
    ExportLabelVolume,
    ExportSegmentation,
    ExportAdapter,
    ExportClasses,
    Quit,
    Undo,
    Redo,
    Brush,
    Eraser,
    Superpixels,
    Polygon,
    Rectangle,
    Lasso,
    Fill,
    Wand,
    Sam,
    Pick,
    Pan,
    LargerBrush,
    SmallerBrush,
    SwapClass,
    AddClass,
    OnlyUnlabelled,
    LockClass,
    FillHoles,
    RemoveIslands,
    GrowClass,
    ShrinkClass,
    CopyFromPrevious,
    CopyFromNext,
    Interpolate,
    Preferences,
    Fit,
    ActualSize,
    ZoomIn,
    ZoomOut,
    ZoomHalf,
    ZoomTwice,
    ZoomFourfold,
    ZoomEightfold,
    TurnRight,
    TurnLeft,
    GoTo,
    ToggleOverlay,
    CompareOverlay,
    ComparePrediction,
    SideBySide,
    SecondShowsImage,
    SecondShowsLabels,
    SecondShowsPrediction,
    SecondShowsEarlier,
    SecondByShape,
    SecondBeside,
    SecondBelow,
    ShowMinimap,
    ShowScaleBar,
    ShowPixelGrid,
    HatchClasses,
    PreviousImage,
    NextImage,
    FullScreen,
    PreviousSlice,
    NextSlice,
    PreviousFrame,
    NextFrame,
    AxialView,
    CoronalView,
    SagittalView,
    Adapt,
    PauseOrResume,
    Stop,
    Accept,
    FindCommand,
    About,
};
inline constexpr size_t kCommandCount = static_cast<size_t>(Command::About) + 1;

/// What is written for other programs, in the order of the menus.
inline constexpr std::array kExportCommands = {
    Command::ExportMasks,   Command::ExportOverlays,    Command::ExportCoco,
    Command::ExportLabelme, Command::ExportGeoTiff,     Command::ExportGeoPackage,
    Command::ExportGeoJson, Command::ExportLabelVolume, Command::ExportSegmentation,
    Command::ExportAdapter, Command::ExportClasses};

/// The tools, of which one is on, in the order of the tool bar.
inline constexpr std::array kToolCommands = {Command::Brush,   Command::Eraser,    Command::Superpixels,
                                             Command::Polygon, Command::Rectangle, Command::Lasso,
                                             Command::Fill,    Command::Wand,      Command::Sam,
                                             Command::Pick,    Command::Pan};

enum class KeyProfile;

/// The keys that a command has of itself, as portable text, several ways apart by a blank.
const char* usualKeys(Command command);

/// The actions with their icons, keys and texts in the language of the window.
class MainActions : public QObject {
    Q_OBJECT

  public:
    explicit MainActions(QObject* parent = nullptr);

    QAction& operator[](Command command) const { return *actions_[static_cast<size_t>(command)]; }
    /// In the order of `Command`.
    QList<QAction*> all() const { return {actions_.begin(), actions_.end()}; }
    void retranslate();
    void setKeyProfile(KeyProfile profile);

  private:
    std::array<QAction*, kCommandCount> actions_{};
};

}  // namespace finebrush
