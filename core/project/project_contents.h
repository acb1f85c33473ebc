#pragma once

#include "core/base/pixel_buffer.h"
#include "core/image/display/display_mapping.h"
#include "core/image/image_address.h"
#include "core/labels/class_table.h"
#include "core/labels/label_counts.h"
#include "core/labels/label_map.h"
#include "core/messages/messages.h"
#include "core/project/database/packed_thumbnail.h"
#include "core/project/edits/edit.h"
#include "core/project/edits/history.h"
#include "core/project/file_fingerprint.h"
#include "core/project/kept_prediction.h"
#include "core/project/predicted_cells.h"
#include "core/project/review_state.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// What a project knows of an image; the pixels stay in the file.
struct ImageRecord {
    ImageId id;
    std::filesystem::path path;         ///< absolute
    std::optional<SliceAddress> slice;  ///< of a file that holds a volume
    FileFingerprint fingerprint;
    PixelSize size;
    PackedThumbnail thumbnail;
    std::optional<DisplayMapping> display = {};  ///< how it is shown; nothing: as usual
    ReviewState review = ReviewState::Open;
    bool removed = false;  ///< hidden, but kept for undo

    ImageAddress address() const { return {path, slice}; }
};

/// An image of a project with its labels.
struct ProjectImage {
    ImageRecord record;
    LabelMap labels;
    LabelCounts counts;  ///< of the labels

    int64_t labelledPixels() const { return counts.total(); }
};

/// A finished adaptation: what was asked, how it went, and the adapter that came of it.
struct AdaptationRun {
    messages::AdaptationSettings settings;
    std::vector<messages::ClassInfo> classes;
    std::vector<messages::StepMetrics> metrics;
    messages::Adapted outcome;
    int64_t finishedAt = 0;  ///< s since the beginning of 1970, UTC; 0: not known
    bool operator==(const AdaptationRun&) const = default;
};

/// What is known of a run while its metrics and its adapter stay in the file; of one that was salvaged, all.
struct RunRecord {
    int64_t number = 0;        ///< in the file; later ones have higher numbers
    int64_t adapterBytes = 0;  ///< 0: the adapter is no longer kept
    AdaptationRun run;
};

/// A run as it is remembered once it is in a file.
AdaptationRun withoutBulk(AdaptationRun run);
int64_t totalBytes(const messages::AdapterFiles& files);

/// All of a project as a value.
struct ProjectContents {
    ClassTable classes;
    /// In the order in which they were added, removed ones among them. A stroke refers to the labels of one
    /// while others are added.
    std::deque<ProjectImage> images;
    History history;
    std::optional<AdaptationRun> lastRun;
    int64_t lastRunNumber = 0;                         ///< in the file; 0: there was none
    std::vector<RunRecord> earlierRuns;                ///< before the last one, oldest first
    std::map<ImageId, KeptPredictionPtr> predictions;  ///< the newest final one of an image
    std::map<ImageId, PredictedCells> predictedCells;  ///< of large images, by the adapter of the last run
    std::map<std::string, std::string> settings;
};

}  // namespace finebrush
