#pragma once

#include "core/base/error.h"
#include "core/base/tile_grid.h"
#include "core/labels/label_map.h"
#include "core/messages/messages.h"
#include "core/project/recovery_folder.h"
#include "core/session/images/opened_image.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace finebrush {

namespace messages {
struct AdapterConfig;
}

struct ProjectChanged {};  ///< another project: everything is to be read again
struct ImagesChanged {};   ///< the list, a thumbnail, or whether an image has labels
struct ImageShown {
    std::shared_ptr<const OpenedImage> image;
};                       ///< null: none is shown
struct ImageRedrawn {};  ///< the image on the screen is shown in another way
/// A tile of a large image that was wanted.
struct TilePainted {
    ImageId id;
    TileAddress tile;
    PixelSize size;                                   ///< of the tile
    std::shared_ptr<const std::vector<uint8_t>> rgb;  ///< row-major; empty where it cannot be decoded
};
struct PixelsKnown {};  ///< `Session::pixelAt` knows what it did not know before
/// Overviews of a large image are made, once for all times; or no longer.
struct OverviewProgress {
    bool isRunning = false;
    double fraction = 0;
};
/// An edit of labels that takes long is being worked out; or no longer.
struct LabelWork {
    bool isRunning = false;
};
/// Files are exported or imported, which a person may stop; or no longer.
struct FileWork {
    bool isExporting = false;
    bool isImporting = false;
    bool operator==(const FileWork&) const = default;
};
/// A slice that is looked at beside the one on the screen (`Session::wantPlanes`), or its labels anew.
struct PlaneRead {
    SliceAddress slice;
    std::shared_ptr<const OpenedImage> image;     ///< without an id; null: it cannot be read
    std::shared_ptr<const LabelMap> labels;       ///< its own, of its size; null only where the image is
    std::shared_ptr<const LabelMap> crossLabels;  ///< of the other views; null: none
    std::optional<Error> problem = {};            ///< why there is no image
};
/// All images are being predicted; or no longer.
struct PredictionWork {
    bool isRunning = false;
    int done = 0;  ///< images
    int total = 0;
    double fraction = 0;
    std::optional<double> secondsLeft = {};  ///< roughly
};
struct LabelsChanged {
    ImageId id;
    RectInImage rect;
};
struct ClassesChanged {};
struct PaintOverChanged {};  ///< what edits by hand may change: what they paint over, and which values
struct NothingInRange {};    ///< an edit by hand changed nothing, for the values of its pixels alone
struct HistoryChanged {};    ///< what can be undone or redone, and whether all is on disk
struct EngineStateChanged {};
struct PredictionChanged {
    ImageId id;
};
struct RunChosen {};           ///< another adaptation is looked at
struct SuperpixelsChanged {};  ///< there are others of the image on the screen
struct CrossLabelsChanged {};  ///< what other views have for the slice on the screen is labelled otherwise
struct ModelsChanged {};       ///< what is known of the networks that can be chosen
struct PromptsChanged {};      ///< the prompts, the mask proposed for them, or whether there can be one
/// What the adapter in a folder says of itself.
struct AdapterDescribed {
    std::filesystem::path folder;
    std::shared_ptr<const messages::AdapterConfig> config;  ///< null: it cannot be read
    std::optional<Error> refusal;                           ///< why not
};
/// A job of the window's side is done ("saved", "exported"): the files that it wrote.
struct JobFinished {
    enum class Kind {
        SavedProject,
        AcceptedPrediction,  ///< the image; none where nothing changed
        ExportedMasks,
        ExportedOverlays,
        ExportedCoco,
        ExportedLabelme,
        ExportedOnGrid,
        ExportedAdapter,
        ExportedStatistics,
        ExportedCurves,
        ExportedClasses,
        ImportedLabels,  ///< the files are those of the images
        ImportedClasses,
        ImportedAdapter,     ///< its folder
        PredictedImages,     ///< by their addresses
        InterpolatedSlices,  ///< the file of the volume, once for each slice
        TookCrossLabels,     ///< the slice; none where nothing changed
        StoppedExport,       ///< those that were whole by then
        StoppedImport,       ///< none
        StoppedPrediction    ///< of all images: those that were predicted by then
    } kind;
    std::vector<std::filesystem::path> files;
    /// Of imported labels: the name of the class that each value became for which the files had none.
    std::map<uint8_t, std::string> classOfValue = {};
};
/// An export has written nothing yet, since files of the same names are there already.
struct ReplaceWanted {
    std::vector<std::filesystem::path> files;
    std::function<void()>
        replace;  ///< exports after all, over these files; for as long as the session is there
};
/// Projects that an earlier process left in the recovery folder, newest first.
struct RecoverableFound {
    std::vector<AbandonedProject> projects;
};
/// Something failed; nothing is lost. Shown in a list that does not block.
struct Notice {
    Error error;
};

using SessionEvent =
    std::variant<ProjectChanged, ImagesChanged, ImageShown, ImageRedrawn, LabelsChanged, ClassesChanged,
                 HistoryChanged, EngineStateChanged, ModelsChanged, AdapterDescribed, PredictionChanged,
                 PromptsChanged, SuperpixelsChanged, CrossLabelsChanged, PaintOverChanged, NothingInRange,
                 RunChosen, JobFinished, ReplaceWanted, RecoverableFound, Notice, TilePainted, PixelsKnown,
                 OverviewProgress, PlaneRead, LabelWork, FileWork, PredictionWork, messages::Progress,
                 messages::StepMetrics, messages::Adapted>;

}  // namespace finebrush
