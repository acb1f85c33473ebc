#pragma once

#include <QAction>
#include <QObject>

#include <array>
#include <optional>

class QActionGroup;
class QMenu;

namespace finebrush {

/// Everything that the window can be told to do by a menu, a button of the tool bar or a key.
enum class Command {
    NewProject,
    OpenImages,
    OpenFolder,
    OpenProject,
    RecoverWork,
    FindImages,
    ImportLabels,
    ImportClasses,
    ImportAdapter,
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
    ExportLabelVolumeWithUnlabelled,
    ExportSegmentation,
    ExportSegmentationOfPatient,
    ExportStatistics,
    ExportAdapter,
    ExportCurves,
    ExportClasses,
    Quit,
    Undo,
    Redo,
    Brush,
    Eraser,
    Line,
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
    PressureSizes,
    PressTool,
    PressRight,
    SwapClass,
    Class1,
    Class2,
    Class3,
    Class4,
    Class5,
    Class6,
    Class7,
    Class8,
    Class9,
    Class0,
    AddClass,
    RenameClass,
    MoveClassUp,
    MoveClassDown,
    OnlyUnlabelled,
    OnlyOverClass,
    LockClass,
    HideClass,
    FillHoles,
    RemoveIslands,
    GrowClass,
    ShrinkClass,
    ClearLabels,
    CopyFromPrevious,
    CopyFromNext,
    Interpolate,
    TakeCrossLabels,
    Preferences,
    EditKeys,
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
    ThreeViews,
    SecondByShape,
    SecondBeside,
    SecondBelow,
    ShowMinimap,
    ShowScaleBar,
    ShowGrid,
    HatchClasses,
    ShowCrossLabels,
    PreviousImage,
    NextImage,
    NextPanel,
    PreviousPanel,
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
    ShowDoubt,
    NextDoubt,
    FindCommand,
    FirstSteps,
    About,
};
inline constexpr size_t kCommandCount = static_cast<size_t>(Command::About) + 1;

/// What is written for other programs, in the order of the menus.
inline constexpr std::array kExportCommands = {Command::ExportMasks,
                                               Command::ExportOverlays,
                                               Command::ExportCoco,
                                               Command::ExportLabelme,
                                               Command::ExportGeoTiff,
                                               Command::ExportGeoPackage,
                                               Command::ExportGeoJson,
                                               Command::ExportLabelVolume,
                                               Command::ExportLabelVolumeWithUnlabelled,
                                               Command::ExportSegmentation,
                                               Command::ExportSegmentationOfPatient,
                                               Command::ExportStatistics,
                                               Command::ExportAdapter,
                                               Command::ExportCurves,
                                               Command::ExportClasses};

/// The tools, of which one is on, in the order of the tool bar.
inline constexpr std::array kToolCommands = {Command::Brush,       Command::Eraser,  Command::Line,
                                             Command::Superpixels, Command::Polygon, Command::Rectangle,
                                             Command::Lasso,       Command::Fill,    Command::Wand,
                                             Command::Sam,         Command::Pick,    Command::Pan};

/// As many as there are digits.
inline constexpr int kClassCommands = 10;

/// The command that takes up the class whose key is a digit.
constexpr Command classCommand(int digit) {
    return static_cast<Command>(static_cast<int>(Command::Class1) + (digit + 9) % kClassCommands);
}

/// "Choose the class of key G", in the language of the window.
QString textOfClassKey(char key);

class KeyMap;

/// The keys that a command has of itself, as portable text, several ways apart by a blank.
const char* usualKeys(Command command);

/// The object name of a command's action; it stands for the command in settings and files.
const char* nameOf(Command command);
std::optional<Command> commandOf(const QString& name);

/// The actions with their icons, keys and texts in the language of the window.
class MainActions : public QObject {
    Q_OBJECT

  public:
    explicit MainActions(QObject* parent = nullptr);

    QAction& operator[](Command command) const { return *actions_[static_cast<size_t>(command)]; }
    /// In the order of `Command`.
    QList<QAction*> all() const { return {actions_.begin(), actions_.end()}; }
    void retranslate();
    void setKeys(const KeyMap& keys);
    /// Takes away what would change the project, or gives it back where nothing else speaks against it. The
    /// tool tips say why, from `retranslate` on.
    void setReadOnly(bool isReadOnly);

  private:
    std::array<QAction*, kCommandCount> actions_{};
    QActionGroup* edits_;  ///< what changes the project, but for the tools
    bool isReadOnly_ = false;
};

}  // namespace finebrush
