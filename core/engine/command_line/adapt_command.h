#pragma once

#include "core/base/result.h"
#include "core/engine/label_file.h"
#include "core/image/image_memory.h"
#include "core/messages/messages.h"
#include "core/training/training_options.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace finebrush {

struct AdaptOptions {
    std::vector<std::filesystem::path> images;  ///< files, slices and folders
    std::filesystem::path labels;               ///< folder of index images with the images' stems
    std::filesystem::path out;                  ///< the adapter's folder
    std::filesystem::path classes;              ///< class list; empty: named by their numbers
    std::filesystem::path model;                ///< checkpoint; empty: the default one
    std::string normalisation;                  ///< "medsam" or "sam"; empty: as the model's file tells
    std::filesystem::path start;                ///< adapter to go on from; empty: a fresh one
    std::filesystem::path events;               ///< one JSON object a step; empty: none
    messages::AdaptationSettings settings;
    training::TrainingOptions training;
    std::optional<int>
        level;  ///< of detail, of images too large for the memory; else as `readLabelledImages`
    LabelMeaning meaning = {};  ///< of the labels' numbers
    ImageMemory memory = {};
    bool resume = false;           ///< go on from the checkpoint that an interrupted adaptation left in `out`
    double saveEverySeconds = 10;  ///< of that checkpoint
};

/// Where `adaptFromFiles` saves a training while it runs: "training_checkpoint.safetensors" in the adapter's
/// folder.
std::filesystem::path checkpointIn(const std::filesystem::path& adapterFolder);

/// Adapts on the images that have a label file and writes the adapter's folder. A summary goes to `out`.
/// While it trains, a checkpoint lies in the folder; it is gone at the end. Ctrl+C ends the training early,
/// and what was learned is written. With `resume`, the adapter of a training of the same request that came to
/// its end is left as it is; without that and a checkpoint the training begins anew. Errors:
/// OptionInvalid (what it goes on from would be written over), TrainingUnfinished (there is one already, and
/// `resume` is not set), TrainingDiffers, CheckpointMalformed, and those of `imagesNamed`,
/// `readLabelledImages`, `readClassList`, `readAdapterFolder`, `loadBaseNetwork`, `takePixelsAs`, `adapt` and
/// `writeFileAtomically`.
Result<void> adaptFromFiles(const AdaptOptions& options, std::ostream& out);

}  // namespace finebrush
