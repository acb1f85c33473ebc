#pragma once

#include "core/project/project_contents.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

/// The pieces of a project as they are to be on the disk: values that cross from the model to the writer's
/// thread.
namespace finebrush {

/// Adds an image or replaces what is known of it.
struct ImageWrite {
    ImageRecord record;
};
/// Keeps how an image is shown.
struct DisplayWrite {
    ImageId image;
    std::optional<DisplayMapping> display;
};
/// Keeps what is said of the labels of an image.
struct ReviewWrite {
    ImageId image;
    ReviewState review = ReviewState::Open;
};
struct TilesWrite {
    ImageId image;
    LabelMap labels;
    std::vector<TilePlace> places;
};
/// The whole of a label map.
TilesWrite allTiles(const ImageId& image, const LabelMap& labels);

/// Puts an edit at the end of the journal; those with this number or a higher one go.
struct EditWrite {
    int64_t number = 0;
    std::shared_ptr<const Edit> edit;
};
struct EditUndoneWrite {
    int64_t number = 0;
    bool undone = false;
};
struct ClassesWrite {
    ClassTable classes;
};
struct SettingWrite {
    std::string key;
    std::string value;
};
/// Appends a run under its number. The predictions of the run before go; its adapter is kept with those of
/// earlier runs, of which some may go.
struct RunWrite {
    int64_t number = 0;
    std::shared_ptr<const AdaptationRun> run;
    std::vector<int64_t> adaptersToDrop = {};  ///< of the runs with these numbers
};
struct PredictionWrite {
    KeptPredictionPtr prediction;
};
/// Keeps what was predicted of a cell of a large image, in the tiles in which it lies.
struct PredictedCellWrite {
    ImageCell place;
    std::vector<PackedTile> tiles;
    std::optional<DisplayMapping> seenAs = {};
};
/// Nothing is predicted of a large image any more.
struct PredictedCellsDropped {
    ImageId image;
};

using ProjectWrite =
    std::variant<ImageWrite, DisplayWrite, ReviewWrite, TilesWrite, EditWrite, EditUndoneWrite, ClassesWrite,
                 SettingWrite, RunWrite, PredictionWrite, PredictedCellWrite, PredictedCellsDropped>;
/// What one action changed. It is committed whole or not at all.
using ProjectWrites = std::vector<ProjectWrite>;

/// What makes a new file hold all of a project, but for edits that are only in the file that it was read
/// from.
ProjectWrites allOf(const ProjectContents& contents);

}  // namespace finebrush
