#pragma once

#include "core/base/result.h"
#include "core/labels/brush_stroke.h"
#include "core/labels/pixel_region.h"
#include "core/project/database/project_write.h"
#include "core/project/edits/edit_plan.h"
#include "core/project/edits/label_merge.h"
#include "core/project/project_contents.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace finebrush {

/// What an action changed, for those who show it.
struct ProjectEffect {
    struct Labels {
        ImageId image;
        RectInImage rect;
    };
    std::vector<Labels> labels;
    bool classes = false;
    bool images = false;      ///< the list of images, or what is said of one
    bool isHeldBack = false;  ///< the mask of a rule alone kept it from pixels
};

/// A stroke or a fill that was painted before all was read that the mask of its rule looks at: still to be
/// made, as an edit that reads it.
struct UnmaskedEdit {
    ImageId image;
    RegionEdit edit;
    ProjectEffect takenBack;  ///< what it had changed meanwhile
};

/// What a class that is added would like to be; a value or a key that is taken is not given to it.
struct ClassWish {
    std::optional<Colour> colour;
    std::optional<uint8_t> value;
    char key = 0;
};

/// A project in memory: the one place that changes images, classes and labels. Each change is one step of the
/// history where it can be undone, and is handed to the recorder as the writes that bring the file up to
/// date. One thread.
class Project {
  public:
    using Recorder = std::function<void(ProjectWrites)>;

    /// A project that was read from a file.
    Project(ProjectContents contents, Recorder recorder);
    /// A new project.
    static Project create(ClassTable classes, Recorder recorder);

    // ---- images ----
    /// All images, removed ones among them.
    const std::deque<ProjectImage>& images() const { return contents_.images; }
    /// Null for an image that is not there or was removed.
    const ProjectImage* image(const ImageId& id) const;
    /// The image of an address that is there; null where there is none.
    const ProjectImage* imageAt(const ImageAddress& address) const;
    /// The images of a file that are there.
    std::vector<ImageId> imagesOf(const std::filesystem::path& file) const;
    /// Appends an image, with labels where some are known already. Throws std::invalid_argument for labels of
    /// another size.
    void addImage(ImageRecord record, std::optional<LabelMap> labels = std::nullopt);
    /// Replaces what is known of an image's file: its place, its thumbnail.
    void updateImage(const ImageRecord& record);
    /// Shows an image in another way (nothing: as usual), and with it all slices of its file. No step of the
    /// history.
    void setDisplay(const ImageId& id, const std::optional<DisplayMapping>& display);
    /// Says of the labels of images that they are done or to be checked, or takes that back; with an image
    /// for all slices of its file.
    ProjectEffect setReview(const std::vector<ImageId>& ids, ReviewState review);
    ProjectEffect removeImage(const ImageId& id);
    /// Removes an image with all other slices of its file.
    ProjectEffect removeVolume(const ImageId& id);

    // ---- edits by hand: seen at once, part of the project when finished ----
    bool isPainting() const { return handEdit_.has_value(); }
    /// The image under the stroke or the fill. Only while painting.
    const ImageId& paintedImage() const { return handEdit_->image; }
    /// Starts a stroke on an image that is there, whose pixels have a shape; returns the pixels that may have
    /// changed.
    RectInImage beginStroke(const ImageId& id, uint8_t value, double diameter, PointInImage point,
                            const PaintRule& rule = {}, const PixelShape& pixel = {});
    /// `diameter` of the brush at this point; none: as before.
    RectInImage extendStroke(PointInImage point, std::optional<double> diameter = {});
    /// Fills a region of an image that is there, in place of a fill that is still open; returns the pixels
    /// that may have changed.
    RectInImage previewFill(const ImageId& id, const PixelRegion& region, uint8_t value,
                            const PaintRule& rule = {});
    /// The same with a fill that was worked out on `labelsUnderFill`.
    RectInImage previewFill(const ImageId& id, const LabelRevision& revision);
    /// The labels of an image that is there, without the fill that is still open.
    const LabelMap& labelsUnderFill(const ImageId& id) const;
    /// True where the mask of its rule alone keeps the stroke or the fill from a pixel.
    bool isHeldBack() const;
    /// Takes back a stroke or a fill which may have changed pixels that the mask of its rule keeps. Nothing
    /// where there is none such.
    std::optional<UnmaskedEdit> takeUnmasked();
    /// Makes the stroke or the fill a step of the history; false where it changed nothing.
    bool finishPainting();
    ProjectEffect cancelPainting();

    // ---- classes ----
    const ClassTable& classes() const { return contents_.classes; }
    /// Does nothing where the table is full. A value that a network was taught is not given to another class.
    ProjectEffect addClass(const std::string& name, const ClassWish& wish = {});
    /// The class that would be added to a table which begins with that of the project. Throws
    /// std::length_error where the table is full.
    LabelClass makeClass(const ClassTable& table, const std::string& name, const ClassWish& wish = {}) const;
    /// Changes name, colour, visibility, lock and key; a key is taken from the class that has it.
    ProjectEffect updateClass(const LabelClass& entry);
    /// Moves a class to a place of the list, counted without it.
    ProjectEffect moveClass(const ClassId& id, int place);
    /// Removes a class; its pixels in every image become those of another class, or unlabelled.
    ProjectEffect removeClass(const ClassId& id, const std::optional<ClassId>& heir = std::nullopt);
    /// The same, to be worked out and brought in. Nothing where there is no such class.
    std::optional<EditPlan> removalPlan(const ClassId& id, const std::optional<ClassId>& heir) const;
    /// True where a pixel of an image is of the class.
    bool hasLabels(const ClassId& id) const;
    /// All classes of which that is true.
    std::vector<ClassId> labelledClasses() const;

    // ---- history ----
    /// Asks for older edits of the journal, by their numbers, and is answered with `takeOlder`, now or later.
    using AskForOlder = std::function<void(int64_t first, int64_t last)>;
    /// Without it, history begins with what was read.
    void setOlderEdits(AskForOlder ask) { askForOlder_ = std::move(ask); }
    /// Takes the edits that were asked for. Gives what the undo changed that waited for them, or why it did
    /// not come to that; nothing where none waited. Where the edits do not fit what is there, history begins
    /// with what is in memory; where they could not be read, the next undo asks again.
    std::optional<Result<ProjectEffect>> takeOlder(const Result<EditList>& edits);
    /// Finishes a stroke, and gives what a new file needs to go on from, where the file of now can no longer
    /// be used. History begins with the edits that are in memory.
    ProjectWrites startAgain();
    /// False while an undo waits for older edits.
    bool canUndo() const { return contents_.history.canUndo() && !undoWaits_ && canReachUndo(); }
    bool canRedo() const { return contents_.history.canRedo(); }
    /// How many steps of the history are in effect.
    int64_t stepsInEffect() const {
        const History& history = contents_.history;
        return history.size() - std::ssize(history.edits()) + static_cast<int64_t>(history.done());
    }
    /// What has to be read of the file first is undone by `takeOlder`, unless something else is done
    /// meanwhile.
    ProjectEffect undo();
    ProjectEffect redo();

    // ---- edits that are worked out elsewhere, while this goes on changing ----
    /// Whether a plan is to be made anew, since classes, or images that it should have been made of, are
    /// others now.
    bool isOutdated(const EditPlan& plan) const;
    /// Brings a plan that was worked out into effect; nothing must be painted just now. Images that are gone
    /// are left out.
    ProjectEffect bringIn(const EditPlan& plan);

    // ---- what the engine made ----
    const std::optional<AdaptationRun>& lastRun() const { return contents_.lastRun; }
    int64_t lastRunNumber() const { return contents_.lastRunNumber; }
    /// The runs before the last one, oldest first.
    const std::vector<RunRecord>& earlierRuns() const { return contents_.earlierRuns; }
    /// So much of the adapters of earlier runs is kept, the newest first.
    static constexpr int64_t kMostEarlierAdapterBytes = int64_t{128} << 20;
    /// Keeps a finished adaptation. Final predictions of earlier adapters go; returns whose.
    std::vector<ImageId> recordRun(AdaptationRun run);
    /// Remembers that a network is being taught the classes of now.
    void markClassesTaught();
    /// The newest prediction of an image, or null.
    KeptPredictionPtr prediction(const ImageId& id) const;
    const std::map<ImageId, KeptPredictionPtr>& predictions() const { return contents_.predictions; }
    /// Keeps a prediction (`seenAs` as of a KeptPrediction); a final one goes into the file.
    void setPrediction(messages::Prediction prediction, const std::optional<DisplayMapping>& seenAs = {});
    /// What the adapter of the last run predicts of a large image, as far as it is kept; null: nothing is.
    const PredictedCells* predictedCells(const ImageId& id) const;
    const std::map<ImageId, PredictedCells>& predictedCells() const { return contents_.predictedCells; }
    /// Keeps the final prediction of a cell, which lies in these tiles, also in the file. Nothing where there
    /// is no such image.
    void setPredictedCell(const ImageCell& place, std::vector<PackedTile> tiles,
                          const std::optional<DisplayMapping>& seenAs = {});
    void dropPredictedCells(const ImageId& id);
    /// Makes the prediction the labels of its image where nothing is painted, or everywhere. Pixels of
    /// classes that were removed meanwhile stay as they are. Nothing where there is no prediction of the
    /// image's size.
    ProjectEffect acceptPrediction(const ImageId& id, bool alsoOverPainted);
    /// The same, to be worked out and brought in.
    std::optional<EditPlan> acceptancePlan(const ImageId& id, bool alsoOverPainted) const;

    /// Lays labels of their images' sizes over what these have, but for locked classes, with classes of
    /// `makeClass` that it adds: one step of the history. Values that are no class are left out; later labels
    /// of an image lie over earlier ones.
    ProjectEffect layOver(const std::vector<std::pair<ImageId, LabelMap>>& labels, MergeOver over,
                          const std::vector<LabelClass>& added = {});
    /// The same, to be worked out and brought in.
    EditPlan layOverPlan(const std::vector<std::pair<ImageId, LaidLabels>>& labels, MergeOver over,
                         const std::vector<LabelClass>& added = {}) const;

    // ---- settings: small texts by name ----
    std::string setting(const std::string& key) const;
    void setSetting(const std::string& key, const std::string& value);

  private:
    /// A stroke or a fill whose pixels are in the labels already.
    struct HandEdit {
        ImageId image;
        std::optional<BrushStroke> brush;  ///< none: a fill
        LabelPatch fill;
        LabelMap beforeFill = {};
        uint8_t value = kUnlabelled;
        PaintRule rule = {};          ///< that may still have to read pixels
        bool isFillHeldBack = false;  ///< from every pixel
    };
    enum class Direction { Forward, Back };

    /// Keeps a fill that is in the labels open; returns the pixels that it and what was before it changed.
    RectInImage openFill(HandEdit fill, const ProjectEffect& before);

    const ProjectImage* findImage(const ImageId& id) const;
    /// Lets the image at a place be found by its identity and its path.
    void index(size_t place);
    ProjectImage* findImage(const ImageId& id);
    std::vector<uint8_t> taughtValues() const;
    /// Gives up the adapters of earlier runs that are too much; returns whose.
    std::vector<int64_t> dropOldAdapters();
    /// Brings an edit into effect and records it.
    ProjectEffect perform(Edit edit);
    /// Records an edit that is in effect as a step of the history.
    void recordEdit(Edit edit);
    /// Works a plan out at once.
    ProjectEffect perform(EditPlan plan);
    bool canReachUndo() const { return !contents_.history.needsOlder() || askForOlder_; }
    void askForOlderEdits();
    /// Whether edits come right before those that are in effect.
    bool fitsBefore(const EditList& older) const;
    ProjectEffect applyEdit(const Edit& edit, Direction direction);
    void changeClass(const ClassChange& change, Direction direction);
    /// The writes that bring the file in line with an edit that has just been applied or reverted.
    ProjectWrites stateWrites(const Edit& edit) const;
    void record(ProjectWrites writes) { recorder_(std::move(writes)); }

    ProjectContents contents_;
    std::unordered_map<ImageId, size_t> places_;                 ///< of images in the list
    std::unordered_multimap<std::string, size_t> placesByPath_;  ///< the slices of a volume share one
    Recorder recorder_;
    AskForOlder askForOlder_;
    std::optional<History::Numbers> askedForOlder_;
    bool undoWaits_ = false;
    std::optional<HandEdit> handEdit_;
};

}  // namespace finebrush
