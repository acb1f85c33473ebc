#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/image/display/display_mapping.h"
#include "core/image/image_memory.h"
#include "core/image/volume/volume.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"
#include "core/labels/paint_rule.h"
#include "core/labels/pixel_region.h"
#include "core/labels/region_edits.h"
#include "core/messages/messages.h"
#include "core/project/edits/edit.h"
#include "core/project/project_contents.h"
#include "core/session/engine/engine_state.h"
#include "core/session/engine/engine_transport.h"
#include "core/session/engine/model_entry.h"
#include "core/session/exports/grid_format.h"
#include "core/session/images/image_entry.h"
#include "core/session/images/opened_image.h"
#include "core/session/labels/class_naming.h"
#include "core/session/labels/painted_values.h"
#include "core/session/labels/region_fill.h"
#include "core/session/session_events.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

class MaskPrompter;
class SuperpixelMaker;

/// The window's only door to the core: the project, the engine and the background jobs behind one state
/// machine. Has no Qt. Every function is called on the owner's thread and returns at once; slow work runs on
/// a worker and ends in events, which are delivered on the owner's thread.
class Session {
  public:
    struct Dependencies {
        /// Runs a function on the owner's thread, later. Called from any thread.
        std::function<void(std::function<void()>)> post;
        /// Receives every event, on the owner's thread.
        std::function<void(const SessionEvent&)> observer;
        /// Starts an engine process and connects to it.
        EngineLauncher launchEngine;
        /// Where a project that was never saved lives.
        std::filesystem::path recoveryFolder;
        ImageMemory imageMemory = {};
    };

    /// Begins with a new project; says nothing of it.
    explicit Session(Dependencies dependencies);
    /// Stops the engine and the jobs, writes what is pending and joins.
    ~Session();

    // ---- project ----
    /// What classes are called that nobody named, from now on; at first in English.
    void setClassNaming(ClassNaming naming);
    /// Starts a project that lives in the recovery folder until it is saved, with a background and another
    /// class. The project of before keeps what it has: a saved one in its file, another in the recovery
    /// folder.
    void newProject();
    /// Opens a project; the one of now stays where this fails, or is it. Ends in ProjectChanged or Notice; in
    /// both where the file is damaged or cannot be written: it stays as it is, and the project is a copy that
    /// is not saved yet. One that is open in another window is only shown (`isReadOnly`).
    void openProject(const std::filesystem::path& path);
    /// Starts a new project from a folder that holds `images/`, `labels/` (whatever `importLabels` reads) and
    /// perhaps `classes.json`; the labels are imported, and a Notice names each file that was left out.
    /// Without `images/` the images of the folder itself are taken.
    void importFolder(const std::filesystem::path& folder);
    /// Writes the whole project to a new file, over what is there, and goes on there; to its own, what is not
    /// on the disk yet. Ends in JobFinished or Notice.
    void saveProjectAs(const std::filesystem::path& path);
    /// Empty for a project that was never saved (it lives in the recovery folder).
    std::filesystem::path projectPath() const;
    /// The file that this project is a copy of; empty for one that is no copy, or was saved.
    std::filesystem::path copiedFrom() const;
    /// True for a project that another window has open, until it is saved under another name: whatever would
    /// change it ends in a Notice that says so, and its labels and classes stay.
    bool isReadOnly() const;
    /// Looks for projects in the recovery folder that nobody has open. Ends in RecoverableFound.
    void findRecoverable();
    /// Deletes one of them for good, soon; a Notice says where another window has opened it meanwhile.
    void discardRecoverable(const std::filesystem::path& path);
    /// True when every edit is on the disk.
    bool isDurable() const;
    /// True while something is not on the disk yet that a person would miss. HistoryChanged says that this,
    /// the reason or `isSaving` may have changed.
    bool hasUnsavedWork() const;
    /// Why it cannot be written; nothing while all goes well. It is tried again and again.
    std::optional<Error> saveProblem() const;
    /// True from `saveProjectAs` to its end.
    bool isSaving() const;

    // ---- images ----
    /// Appends image files and those in folders, and shows the first. A file that is there already is only
    /// shown. Of a volume its middle slice is taken, or the one that "#axial:12" after the path names.
    void addImages(const std::vector<std::filesystem::path>& paths);
    /// Shows another slice of the volume that is on the screen; it becomes an image of the project, with
    /// labels of its own, where it is none yet. Ends as `showImage`. Does nothing where no slice is shown or
    /// the volume has no such one.
    void showSlice(const SliceAddress& slice);
    /// Reads other slices of the volume that is on the screen, only to be looked at beside it, in place of
    /// those that were wanted before: drawn as it is, with what is labelled there. Each ends in PlaneRead,
    /// and again whenever labels change; one that was wanted already and is drawn alike only in the latter.
    void wantPlanes(const std::vector<SliceAddress>& slices);
    /// Takes an image and its labels out of the project; undoable.
    void removeImage(const ImageId& id);
    /// The same with all slices of its volume, as one step of undo.
    void removeVolume(const ImageId& id);
    /// Says of the labels of images that they are done or to be checked, or takes that back (`Open`), as one
    /// step of undo: with an image for its whole volume. Ends in ImagesChanged.
    void setReview(const std::vector<ImageId>& ids, ReviewState review);
    /// Ends in ImageShown or Notice. Asks the engine for a prediction where an adapter has none of this image
    /// yet.
    void showImage(const ImageId& id);
    /// Finds missing images below a folder by their content, whatever they are called there now; one of them
    /// is shown where none is.
    void locateImages(const std::filesystem::path& folder);
    /// Draws the shown image in another way, soon; of several wishes the newest counts. What is not sound is
    /// not heard. Ends in ImageRedrawn.
    void previewDisplay(const DisplayMapping& display);
    /// The same, kept with the project for all slices of the file; no step of the history.
    void setDisplay(const DisplayMapping& display);
    const std::vector<ImageEntry>& images() const;
    /// The rows of that list, in its order.
    const std::vector<ImageGroup>& imageGroups() const;
    std::shared_ptr<const OpenedImage> shownImage() const;
    /// The tiles of a large image that is shown which the screen lacks, most wanted first, in place of those
    /// that were wanted before. Each ends in TilePainted, unless its level waits for the overviews.
    void wantTiles(std::vector<TileAddress> tiles);
    /// The raw values of a pixel of the shown image, as an image of one. Nothing where they have yet to be
    /// read, which ends in PixelsKnown.
    std::optional<PixelBuffer> pixelAt(int x, int y);
    /// The px of the shown image that are on the screen.
    void setSeen(const RectInImage& rect);
    /// Gives up the overviews that are made. They begin again when the image is shown the next time.
    void stopOverviews();

    // ---- labels of the shown image ----
    /// Stays in place until ImageShown or ProjectChanged; empty where no image is shown.
    const LabelMap& labels() const;
    // Strokes and fills are seen at once, and one step of the history when finished; any other edit finishes
    // them first. They leave locked classes as they are, all that is not to be painted over, and all that
    // does not have the values that are painted; where the last alone kept them from changing anything,
    // NothingInRange says so. In a large image pixels may have to be read for that: then the edit is first
    // seen without, is taken back when it is finished, and comes as it is to be soon (as `reshape`). A brush
    // is round in the patient; its `diameter` counts px along their shorter side.
    void beginStroke(uint8_t value, double diameter, PointInImage point);
    /// `diameter` of the brush at this point, come to evenly on the way; none: as before.
    void extendStroke(PointInImage point, std::optional<double> diameter = {});
    /// Gives a region a value (`kUnlabelled` erases), in place of the fill that is still open.
    void previewFill(const PixelRegion& region, uint8_t value);
    /// The same with a region that has to be found first: soon, where that is much work. Of several wishes
    /// the newest counts.
    void previewFill(const RegionFill& fill);
    /// Finishes it; what is not seen yet is finished when it is.
    void finishFill();
    /// Fills a region, finished: at once, or where that is much work soon (as `reshape`).
    void fill(const RegionFill& fill);
    void fill(const PixelRegion& region, uint8_t value);
    void finishPainting();
    void cancelPainting();
    // Edits that look at many pixels are worked out on a thread of their own, one after another, and each is
    // one step of the history; LabelWork says how long. Painting may go on, and what is painted meanwhile
    // stays. Where the memory does not suffice, they end in Notice.
    /// Mends the shape of a class everywhere in the shown image; keeps what strokes keep.
    void reshape(const ClassId& id, const ClassShape& shape);
    /// Gives such edits up, those that wait among them.
    void cancelLabelWork();

    /// What edits by hand may paint over. Kept with the project; no step of the history; everything again
    /// when the class is removed. Setting it ends in PaintOverChanged.
    PaintOver paintsOver() const;
    void setPaintsOver(PaintOver over);
    /// Which pixels edits by hand may change by their raw values. Kept with the project; no step of the
    /// history; what is not sound is not heard. Setting it ends in PaintOverChanged.
    PaintedValues paintedValues() const;
    void setPaintedValues(const PaintedValues& values);
    /// What strokes and fills of the shown image may change now.
    PaintRule paintRule() const;

    /// Lays the labels of a neighbour over those of the shown image, as one step of undo: of the nearest one
    /// with labels before it (or after it) among the slices of its view, or in the list of images. Ends in
    /// LabelsChanged, or in a Notice where there is none or it is of another size.
    void copyLabelsFromPrevious();
    void copyLabelsFromNext();
    /// Labels the slices between the two labelled ones that are nearest to the shown slice by their shapes,
    /// as one step of undo. Slices that have labels stay as they are. Ends in JobFinished or Notice.
    void interpolateSlices();
    /// What the slices of the other views of the same volume and frame have in the pixels of the shown slice;
    /// where they disagree, as `gatherLabels` has it. Null where they have nothing, and before it is worked
    /// out, which ends in CrossLabelsChanged.
    std::shared_ptr<const LabelMap> crossLabels() const;
    /// Gives these labels to the pixels of the shown slice that have none, as one step of undo; none, where
    /// only another class may be painted over. Ends in JobFinished or Notice.
    void takeCrossLabels();
    /// Cuts what is seen into superpixels, to be painted whole.
    SuperpixelMaker& superpixels();

    // ---- labels and classes of other programs ----
    /// Imports labels (index images, NIfTI volumes, DICOM segmentations, labelme, COCO, GeoJSON, GeoPackage,
    /// Shapefile; folders of such) for the images that they name or are called like; a single file that no
    /// image is called like is of the one on the screen. Labels of a volume bring the slices that the project
    /// does not have yet. `over` says what of the labels that are there may be replaced. One step of undo,
    /// with the classes that are missing. Ends in JobFinished and in a Notice for each thing that was left
    /// out.
    void importLabels(const std::vector<std::filesystem::path>& paths,
                      PaintOver over = PaintOver::Everything);
    /// Adds the classes of a list that are missing by name and gives the others its colours. Ends in
    /// JobFinished or Notice.
    void importClasses(const std::filesystem::path& file);
    /// Writes the class list in the form that the ending asks for: JSON, .label (ITK-SNAP), .txt (labelmap of
    /// CVAT), .qml (QGIS). Ends in JobFinished or Notice.
    void exportClasses(const std::filesystem::path& file);

    // ---- classes (every change is undoable) ----
    const ClassTable& classes() const;
    void addClass(const std::string& name);
    /// A key is taken from the class that has it.
    void updateClass(const LabelClass& entry);
    /// Moves a class to a place of the list, counted without it.
    void moveClass(const ClassId& id, int place);
    /// Removes a class; its labels become those of another class, or unlabelled, in every image. Undo brings
    /// all of them back. Soon, where that is much work (as `reshape`).
    void removeClass(const ClassId& id, const std::optional<ClassId>& heir = std::nullopt);
    /// True where a pixel of any image is of the class.
    bool hasLabels(const ClassId& id) const;
    /// All classes of which that is true.
    std::vector<ClassId> labelledClasses() const;

    // ---- undo, without limit, also after a restart ----
    bool canUndo() const;
    bool canRedo() const;
    /// What has to be read first is undone later, and cannot be undone twice meanwhile.
    void undo();
    void redo();

    // ---- adaptation ----
    EngineState engineState() const;
    bool canAdapt() const;
    bool canStop() const;
    bool canAccept() const;
    bool canExportAdapter() const;
    /// Makes an adapter of a folder, which we or AutoGluon wrote, the project's, as if it had been trained
    /// here: images are predicted with it by the network that is chosen. Ends in JobFinished or Notice;
    /// does nothing where `canAdapt` is false.
    void importAdapter(const std::filesystem::path& folder);
    /// How the next adaptation is to be done: what was chosen in this project, else the recipe. Threads and
    /// device are not part of it.
    messages::AdaptationSettings adaptationChoice() const;
    void chooseAdaptation(const messages::AdaptationSettings& settings);
    /// The networks that can be chosen: the default one first, then those of `describeModels`.
    const std::vector<ModelEntry>& models() const;
    /// Offers these checkpoints beside the default one, and lets the engine say what they are; starts it
    /// where it is off. Ends in ModelsChanged, and in a Notice for each that cannot be used.
    void describeModels(const std::vector<std::string>& files);
    /// Says what the adapter in a folder is, which an adaptation may go on from
    /// (`AdaptationSettings::start`); the engine is not asked. Ends in AdapterDescribed.
    void describeAdapter(const std::filesystem::path& folder);
    /// Learns from all that is painted: edits of labels that are still worked out are waited for
    /// (`EngineState::Starting`).
    void adapt(const messages::AdaptationSettings& settings);
    void stop();
    void pause();
    void resume();
    /// The engine's description of itself, once it has said hello.
    std::optional<messages::Hello> engine() const;
    /// The newest prediction of an image, or null; always null for a large one.
    PredictionPtr prediction(const ImageId& id) const;
    /// The same without looking at it, of any image.
    bool isPredicted(const ImageId& id) const;
    /// The newest prediction of a large image where it has been looked at, `kUnlabelled` elsewhere; null
    /// where there is none. Grows while one looks.
    std::shared_ptr<const LabelMap> predictedCells(const ImageId& id) const;
    /// The same of before the last adaptation, else what that predicted first, to be compared with the
    /// newest.
    PredictionPtr earlierPrediction(const ImageId& id) const;
    std::shared_ptr<const LabelMap> earlierCells(const ImageId& id) const;
    /// Makes the prediction of the shown image its labels where nothing is painted (or everywhere), as one
    /// undoable edit; soon, where that is much work (as `reshape`). Ends in JobFinished.
    void acceptPrediction(bool alsoOverPainted);
    /// True where there is an adapter, and images that it may predict.
    bool canPredictAll() const;
    /// Lets the engine predict all images that the adapter of now has not predicted yet, one after another,
    /// while it has nothing else to do: pictures, all slices of volumes in the views that have labels (or in
    /// the usual one), and all of large images. What is predicted stays in the project. PredictionWork says
    /// how far it is; ends in JobFinished, and in a Notice for each image that cannot be predicted.
    void predictAll();
    void stopPredictingAll();
    /// The last adaptation that ended, also in an earlier session; null where there is none. Stays in place
    /// until the next `Adapted` or ProjectChanged.
    const AdaptationRun* lastRun() const;
    /// Step metrics of the last adaptation, all of them.
    const std::vector<messages::StepMetrics>& metrics() const;

    // ---- the adaptations of the project; the newest is looked at, unless another is chosen ----
    /// Those that ended, newest first, without their metrics and adapters.
    std::vector<RunRecord> runs() const;
    /// By its number; 0: the newest, also while it is in progress, as after each `adapt`. Ends in RunChosen,
    /// and before it in a Notice where the run cannot be read.
    void chooseRun(int64_t number);
    /// 0: the newest.
    int64_t chosenRunNumber() const;
    /// The one that ended last where the newest is looked at; null where there is none. Stays in place as
    /// `lastRun` does, and until RunChosen.
    const AdaptationRun* chosenRun() const;
    /// What the charts show.
    const std::vector<messages::StepMetrics>& chosenMetrics() const;

    // ---- prompts: clicks and a box on the image that is shown ----
    MaskPrompter& prompter();
    const MaskPrompter& prompter() const;

    // ---- export: what is painted, and the prediction where nothing is ----
    // A Notice counts the images that are left out since they have neither.
    // Each ends in JobFinished, in Notice, or in ReplaceWanted where a file that a person did not name is in
    // the way. FileWork says how long. Edits of labels that are still worked out are waited for.
    /// Stops exports, or where there are none, imports of labels and folders, those that wait among them.
    /// Each ends in JobFinished (StoppedExport, StoppedImport): no file is left unfinished, nothing is
    /// imported.
    void stopFileWork();
    /// Whether what follows, but for adapter and curves, is only of images that are marked as done. Of itself
    /// it is of all.
    void setExportsOnlyDone(bool only);
    /// `<stem>_mask.png`: palette indices.
    void exportMasks(const std::filesystem::path& folder);
    /// `<stem>_overlay.png`.
    void exportOverlays(const std::filesystem::path& folder, double opacity);
    /// One COCO file of all images.
    void exportCoco(const std::filesystem::path& file);
    /// `<stem>.json` as labelme writes it.
    void exportLabelme(const std::filesystem::path& folder);
    /// The labels of all images that the format fits, on their grids (`exportOnGrid`).
    void exportOnGrid(const std::filesystem::path& folder, GridFormat format);
    /// True where the image that is shown can be written in this way.
    bool canExportOnGrid(GridFormat format) const;
    /// A table of the pixels and the area of each class in each image with labels (`exportStatistics`).
    void exportStatistics(const std::filesystem::path& file);
    /// The files of the adapter of the chosen run.
    void exportAdapter(const std::filesystem::path& folder);
    /// What the charts show (`curvesCsv`).
    void exportCurves(const std::filesystem::path& file);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace finebrush
