#pragma once

#include "core/base/result.h"
#include "core/image/image_memory.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"
#include "core/project/project_contents.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

/// Exporting, as plain functions that block and may run on any thread. Files are written one by one, each in
/// one step.
namespace finebrush {

inline constexpr int64_t kMostPixelsAtOnce = int64_t{512} << 20;

/// A snapshot of what an export is made from; labels are shared until written.
struct ExportInput {
    struct Image {
        ImageRecord record;
        LabelMap labels;
        KeptPredictionPtr prediction;  ///< may be null
        PredictedCells cells = {};     ///< what is predicted of a large image
    };
    ClassTable classes;
    std::vector<Image> images;
    std::filesystem::path folder;
    bool mayReplace = false;  ///< files of the same names in the folder
    ImageMemory memory = {};
    /// Of an image that is exported as a whole; more only as a mask, which is written piece by piece.
    int64_t mostPixels = kMostPixelsAtOnce;
};

/// The files that were written, also where a later one failed or it was asked to stop.
struct ExportOutcome {
    std::vector<std::filesystem::path> files;
    std::vector<Error> problems;
    std::vector<std::filesystem::path>
        inTheWay;  ///< files that may not be replaced; where there are any, nothing was written
};

/// What is painted, and the prediction where nothing is.
LabelMap labelsOf(const ExportInput::Image& image, const ClassTable& classes);

/// Writes `<stem>_mask.png` for each image with labels or a prediction, of any size. Errors: NothingToExport.
Result<ExportOutcome> exportMasks(const ExportInput& input, const std::stop_token& stop);

/// Writes `<stem>_overlay.png` for the same images; of a large one in the size of its overview. `opacity` in
/// 0..1. Errors: NothingToExport.
Result<ExportOutcome> exportOverlays(const ExportInput& input, double opacity, const std::stop_token& stop);

/// Writes one COCO file of the same images, which it calls by their paths below the folder that holds them
/// all. `file` lies in the folder of the input and is replaced. Errors: NothingToExport, and those of
/// `exportCoco` of `core/exporters`.
Result<ExportOutcome> exportCoco(const ExportInput& input, const std::filesystem::path& file,
                                 const std::stop_token& stop);

/// Writes `<stem>.json`, as labelme does, for the same images. Errors: NothingToExport.
Result<ExportOutcome> exportLabelme(const ExportInput& input, const std::stop_token& stop);

/// Writes the files of an adapter into a folder. Errors: NothingToExport, AdapterMalformed for a name that is
/// no plain file name.
Result<ExportOutcome> exportAdapter(const messages::AdapterFiles& files, const std::filesystem::path& folder,
                                    bool mayReplace);

}  // namespace finebrush
