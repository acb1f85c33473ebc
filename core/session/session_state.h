#pragma once

#include "core/session/current_project.h"
#include "core/session/engine/adapter_importer.h"
#include "core/session/engine/batch_predictor.h"
#include "core/session/engine/engine_director.h"
#include "core/session/engine/mask_prompter.h"
#include "core/session/exports/export_jobs.h"
#include "core/session/images/image_shelf.h"
#include "core/session/images/plane_reader.h"
#include "core/session/images/tile_painter.h"
#include "core/session/labels/cross_label_maker.h"
#include "core/session/labels/label_importer.h"
#include "core/session/labels/label_propagation.h"
#include "core/session/labels/label_reviser.h"
#include "core/session/labels/region_filler.h"
#include "core/session/labels/superpixel_maker.h"
#include "core/session/labels/value_mask.h"
#include "core/session/run_history.h"
#include "core/session/session.h"
#include "core/session/stoppable_jobs.h"
#include "core/session/worker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace finebrush {

/// An absolute path without dots, and without a slash at the end.
std::filesystem::path normalised(const std::filesystem::path& path);

/// The parts of a session. Members are destroyed from the last to the first: the engine, then what it works
/// on.
struct Session::State {
    explicit State(Dependencies dependencies);

    Project& project() { return current.project(); }
    void finishPainting();
    void cancelPainting();
    /// Which pixels of the image on the screen may be changed by their values; null: all.
    std::shared_ptr<PaintMask> paintMask();
    /// False, and a Notice, for a project that is only to be looked at.
    bool mayEdit();
    /// The same, and readies the image on the screen for a fill; false as well where there is none.
    bool mayFill(uint8_t value);
    /// Replaces the project by what `open` puts in its place.
    void replaceProject(const std::function<void()>& open);
    void announce(const ProjectEffect& effect);
    /// The same, and shows an image that it changed, so that no work goes unseen.
    void announceAndShow(const ProjectEffect& effect);
    /// Shows a class that is painted with though it is hidden: nobody paints what is not seen.
    void reveal(uint8_t value);
    /// True for a project that is open here, or is being opened: SQLite's locks do not tell that.
    bool isOpen(const std::filesystem::path& file) const;
    bool isOpening(const std::filesystem::path& file) const;
    ChangeEvents changeEvents();

    /// An export that is told whether it may replace files.
    using ExportJob = std::function<Result<ExportOutcome>(bool mayReplace, const std::stop_token&)>;
    using LabelExport = std::function<Result<ExportOutcome>(const ExportInput&, const std::stop_token&)>;
    ExportInput exportInput(const std::filesystem::path& folder);
    /// Exports what is labelled once no edit of labels is pending.
    void exportLabels(JobFinished::Kind kind, const std::filesystem::path& folder, const LabelExport& write);
    void runExport(JobFinished::Kind kind, const ExportJob& job);
    void runExport(const std::stop_source& begun, JobFinished::Kind kind, const ExportJob& job,
                   bool mayReplace = false);

    std::function<void(const SessionEvent&)> observer;
    std::vector<std::filesystem::path> opening;  ///< projects
    bool exportsOnlyDone = false;                ///< of images
    StoppableJobs stoppable;
    Worker jobs;
    Worker exports;  ///< its own, since they may take minutes
    CurrentProject current;
    RunHistory runs;
    ImageShelf shelf;
    PlaneReader planes;
    TilePainter tiles;
    LabelReviser reviser;
    RegionFiller filler;
    std::shared_ptr<ValueMask> valueMask;  ///< that was asked for last; or null
    LabelImporter importer;
    LabelPropagation propagation;
    SuperpixelMaker superpixels;
    CrossLabelMaker crossings;
    MaskPrompter prompter;
    EngineDirector engine;
    BatchPredictor batch;
    AdapterImporter adapters;
};

}  // namespace finebrush
